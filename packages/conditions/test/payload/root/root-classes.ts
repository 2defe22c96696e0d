import type { RootOutput } from './root-output.ts';

/** A member of a class: how ROOT's dictionary (TStreamerInfo) describes it. */
export type Member =
  | readonly [kind: 'base', className: string, version: number]
  | readonly [kind: 'basic', name: string, type: number, typeName: string]
  | readonly [
      kind: 'array',
      name: string,
      type: number,
      typeName: string,
      counter: string,
      owner: string,
    ]
  | readonly [kind: 'object' | 'any' | 'pointer', name: string, className: string]
  | readonly [kind: 'text', name: string];

/** A class as files describe it. */
export interface RootClass {
  readonly name: string;
  readonly version: number;
  readonly members: readonly Member[];
}

const [short, int, float, counter, double, ushort, bool] = [2, 3, 5, 6, 8, 12, 18];
/** Members of the same basic type. */
export const basic = (type: number, typeName: string, ...names: readonly string[]): Member[] =>
  names.map((name) => ['basic', name, type, typeName] as const);

/** The classes of a one-dimensional histogram, as ROOT 6 has them. */
export const histogramClasses: readonly RootClass[] = [
  {
    name: 'TNamed',
    version: 1,
    members: [
      ['base', 'TObject', 1],
      ['text', 'fName'],
      ['text', 'fTitle'],
    ],
  },
  {
    name: 'TAttLine',
    version: 2,
    members: basic(short, 'short', 'fLineColor', 'fLineStyle', 'fLineWidth'),
  },
  { name: 'TAttFill', version: 2, members: basic(short, 'short', 'fFillColor', 'fFillStyle') },
  {
    name: 'TAttMarker',
    version: 2,
    members: [
      ...basic(short, 'short', 'fMarkerColor', 'fMarkerStyle'),
      ...basic(float, 'float', 'fMarkerSize'),
    ],
  },
  {
    name: 'TAttAxis',
    version: 4,
    members: [
      ...basic(int, 'int', 'fNdivisions'),
      ...basic(short, 'short', 'fAxisColor', 'fLabelColor', 'fLabelFont'),
      ...basic(
        float,
        'float',
        'fLabelOffset',
        'fLabelSize',
        'fTickLength',
        'fTitleOffset',
        'fTitleSize',
      ),
      ...basic(short, 'short', 'fTitleColor', 'fTitleFont'),
    ],
  },
  {
    name: 'TAxis',
    version: 10,
    members: [
      ['base', 'TNamed', 1],
      ['base', 'TAttAxis', 4],
      ...basic(int, 'int', 'fNbins'),
      ...basic(double, 'double', 'fXmin', 'fXmax'),
      ['any', 'fXbins', 'TArrayD'],
      ...basic(int, 'int', 'fFirst', 'fLast'),
      ...basic(ushort, 'unsigned short', 'fBits2'),
      ...basic(bool, 'bool', 'fTimeDisplay'),
      ['text', 'fTimeFormat'],
      ['pointer', 'fLabels', 'THashList*'],
      ['pointer', 'fModLabs', 'TList*'],
    ],
  },
  {
    name: 'TH1',
    version: 8,
    members: [
      ['base', 'TNamed', 1],
      ['base', 'TAttLine', 2],
      ['base', 'TAttFill', 2],
      ['base', 'TAttMarker', 2],
      ...basic(int, 'int', 'fNcells'),
      ['object', 'fXaxis', 'TAxis'],
      ['object', 'fYaxis', 'TAxis'],
      ['object', 'fZaxis', 'TAxis'],
      ...basic(short, 'short', 'fBarOffset', 'fBarWidth'),
      ...basic(
        double,
        'double',
        'fEntries',
        'fTsumw',
        'fTsumw2',
        'fTsumwx',
        'fTsumwx2',
        'fMaximum',
        'fMinimum',
        'fNormFactor',
      ),
      ['any', 'fContour', 'TArrayD'],
      ['any', 'fSumw2', 'TArrayD'],
      ['text', 'fOption'],
      ['pointer', 'fFunctions', 'TList*'],
      ...basic(counter, 'int', 'fBufferSize'),
      ['array', 'fBuffer', double + 40, 'double*', 'fBufferSize', 'TH1'],
      ...basic(int, 'TH1::EBinErrorOpt', 'fBinStatErrOpt'),
      ...basic(int, 'TH1::EStatOverflows', 'fStatOverflows'),
    ],
  },
  {
    name: 'TH1D',
    version: 3,
    members: [
      ['base', 'TH1', 8],
      ['base', 'TArrayD', 1],
    ],
  },
];

/** Writes the description of a class. */
export function streamerInfo(out: RootOutput, { name, version, members }: RootClass): void {
  out.object(9, (info) => {
    info.tNamed(name, '').i4(0, version);
    info.pointer('TObjArray', (any) =>
      any.object(3, (list) => {
        list.tObject().text('').i4(members.length, 0);
        for (const member of members) element(list, member);
      }),
    );
  });
}

function element(out: RootOutput, member: Member): void {
  const [kind, name] = member;
  const common = (type: number, typeName: string) => (inner: RootOutput) =>
    inner.object(4, (base) =>
      base.tNamed(name, '').i4(type, 0, 0, 0, 0, 0, 0, 0, 0).text(typeName),
    );
  const plain = (
    className: string,
    version: number,
    content: (inner: RootOutput) => void,
  ): void => {
    out.pointer(className, (any) => any.object(version, content));
  };
  switch (kind) {
    case 'base':
      plain('TStreamerBase', 3, (inner) => {
        common(name === 'TObject' ? 66 : name === 'TNamed' ? 67 : 0, 'BASE')(inner);
        inner.i4(member[2]);
      });
      break;
    case 'basic':
      plain('TStreamerBasicType', 2, common(member[2], member[3]));
      break;
    case 'array':
      plain('TStreamerBasicPointer', 2, (inner) => {
        common(member[2], member[3])(inner);
        inner.i4(8).text(member[4]).text(member[5]);
      });
      break;
    case 'object':
      plain('TStreamerObject', 2, common(61, member[2]));
      break;
    case 'any':
      plain('TStreamerObjectAny', 2, common(62, member[2]));
      break;
    case 'pointer':
      plain('TStreamerObjectPointer', 2, common(64, member[2]));
      break;
    default:
      plain('TStreamerString', 2, common(65, 'TString'));
  }
}
