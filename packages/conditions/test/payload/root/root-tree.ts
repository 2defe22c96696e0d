import { basic, type RootClass } from './root-classes.ts';
import type { RootEntry } from './root-file.ts';
import { RootOutput } from './root-output.ts';

const [int, counter, double, bool, long64] = [3, 6, 8, 18, 16];
const longs = (...names: readonly string[]) => basic(long64, 'Long64_t', ...names);

/** The classes of a tree, as ROOT 6 has them before TIOFeatures. */
export const treeClasses: readonly RootClass[] = [
  {
    name: 'TTree',
    version: 19,
    members: [
      ['base', 'TNamed', 1],
      ['base', 'TAttLine', 2],
      ['base', 'TAttFill', 2],
      ['base', 'TAttMarker', 2],
      ...longs('fEntries', 'fTotBytes', 'fZipBytes', 'fSavedBytes', 'fFlushedBytes'),
      ...basic(double, 'double', 'fWeight'),
      ...basic(int, 'int', 'fTimerInterval', 'fScanField', 'fUpdate', 'fDefaultEntryOffsetLen'),
      ...basic(counter, 'int', 'fNClusterRange'),
      ...longs(
        'fMaxEntries',
        'fMaxEntryLoop',
        'fMaxVirtualSize',
        'fAutoSave',
        'fAutoFlush',
        'fEstimate',
      ),
      ['array', 'fClusterRangeEnd', long64 + 40, 'Long64_t*', 'fNClusterRange', 'TTree'],
      ['array', 'fClusterSize', long64 + 40, 'Long64_t*', 'fNClusterRange', 'TTree'],
      ['object', 'fBranches', 'TObjArray'],
      ['object', 'fLeaves', 'TObjArray'],
      ['pointer', 'fAliases', 'TList*'],
      ['any', 'fIndexValues', 'TArrayD'],
      ['any', 'fIndex', 'TArrayI'],
      ['pointer', 'fTreeIndex', 'TVirtualIndex*'],
      ['pointer', 'fFriends', 'TList*'],
      ['pointer', 'fUserInfo', 'TList*'],
      ['pointer', 'fBranchRef', 'TBranchRef*'],
    ],
  },
  {
    name: 'TBranch',
    version: 12,
    members: [
      ['base', 'TNamed', 1],
      ['base', 'TAttFill', 2],
      ...basic(int, 'int', 'fCompress', 'fBasketSize', 'fEntryOffsetLen', 'fWriteBasket'),
      ...longs('fEntryNumber'),
      ...basic(int, 'int', 'fOffset'),
      ...basic(counter, 'int', 'fMaxBaskets'),
      ...basic(int, 'int', 'fSplitLevel'),
      ...longs('fEntries', 'fFirstEntry', 'fTotBytes', 'fZipBytes'),
      ['object', 'fBranches', 'TObjArray'],
      ['object', 'fLeaves', 'TObjArray'],
      ['object', 'fBaskets', 'TObjArray'],
      ['array', 'fBasketBytes', int + 40, 'int*', 'fMaxBaskets', 'TBranch'],
      ['array', 'fBasketEntry', long64 + 40, 'Long64_t*', 'fMaxBaskets', 'TBranch'],
      ['array', 'fBasketSeek', long64 + 40, 'Long64_t*', 'fMaxBaskets', 'TBranch'],
      ['text', 'fFileName'],
    ],
  },
  {
    name: 'TLeaf',
    version: 2,
    members: [
      ['base', 'TNamed', 1],
      ...basic(int, 'int', 'fLen', 'fLenType', 'fOffset'),
      ...basic(bool, 'bool', 'fIsRange', 'fIsUnsigned'),
      ['pointer', 'fLeafCount', 'TLeaf*'],
    ],
  },
  {
    name: 'TLeafD',
    version: 1,
    members: [['base', 'TLeaf', 2], ...basic(double, 'double', 'fMinimum', 'fMaximum')],
  },
];

/** A branch of a tree: `length` numbers for each entry. */
export interface RootBranch {
  readonly name: string;
  readonly length: number;
  readonly values: readonly number[];
}

/** A tree of numbers, each branch in one basket. */
export function rootTree(name: string, branches: readonly RootBranch[]): RootEntry {
  const entries = (branches[0]?.values.length ?? 0) / (branches[0]?.length ?? 1);
  const emptyArray = (out: RootOutput): void => {
    out.object(3, (list) => list.tObject().text('').i4(0, 0));
  };
  const leaf = (out: RootOutput, branch: RootBranch): void => {
    out.object(1, (leafD) => {
      leafD.object(2, (body) => {
        const title = branch.length === 1 ? branch.name : `${branch.name}[${branch.length}]`;
        body.tNamed(branch.name, title).i4(branch.length, 8, 0).u1(0, 0).i4(0);
      });
      leafD.f8(0, 0);
    });
  };
  const make = (basketSeeks: readonly number[]): RootOutput => {
    const content = new RootOutput();
    content.object(19, (tree) => {
      tree.tNamed(name, '');
      tree.object(2, (att) => att.i2(602, 1, 1));
      tree.object(2, (att) => att.i2(0, 1001));
      tree.object(2, (att) => att.i2(1, 1).f4(1));
      tree.i8(entries, 0, 0, 0, 0).f8(1).i4(0, 25, 0, 1000, 0);
      tree.i8(1e12, 1e12, 0, 0, 0, 1e6).u1(0).u1(0);
      tree.object(3, (list) => {
        list.tObject().text('').i4(branches.length, 0);
        for (const [i, branch] of branches.entries()) {
          const size = branch.values.length * 8;
          list.pointer('TBranch', (any) =>
            any.object(12, (out) => {
              out.tNamed(branch.name, `${branch.name}/D`);
              out.object(2, (att) => att.i2(0, 1001));
              out.i4(0, 32000, 0, 1).i8(entries).i4(0, 2, 0).i8(entries, 0, size, size);
              emptyArray(out);
              out.object(3, (leaves) => {
                leaves.tObject().text('').i4(1, 0);
                leaves.pointer('TLeafD', (leafAny) => leaf(leafAny, branch));
              });
              emptyArray(out);
              out.u1(1).i4(size + basketKeyLength(branch.name, name), 0);
              out
                .u1(1)
                .i8(0, entries)
                .u1(1)
                .i8(basketSeeks[i] ?? 0, 0)
                .text('');
            }),
          );
        }
      });
      emptyArray(tree);
      tree.i4(0).i4(0).i4(0).i4(0, 0, 0, 0);
    });
    return content;
  };
  const baskets = branches.map((branch) => ({
    className: 'TBasket',
    name: branch.name,
    title: name,
    header: (keyLength: number) =>
      new RootOutput()
        .i2(3)
        .i4(32000, 8 * branch.length, entries, keyLength + 8 * branch.values.length)
        .u1(0),
    content: new RootOutput().f8(...branch.values),
  }));
  return { name, className: 'TTree', content: make([]), baskets, make };
}

function basketKeyLength(branch: string, tree: string): number {
  return 26 + 'TBasket'.length + branch.length + tree.length + 3 + 19;
}
