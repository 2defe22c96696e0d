import { histogramClasses, streamerInfo } from './root-classes.ts';
import { RootOutput } from './root-output.ts';
import { treeClasses } from './root-tree.ts';

/** An object of a file, by its name in it. */
export interface RootEntry {
  readonly name: string;
  readonly className: string;
  readonly content: RootOutput;
  /** What lies in front of it: the data of a tree's branches. */
  readonly baskets?: readonly RootBasket[];
  /** The object again, when it is known where they are. */
  readonly make?: (seeks: readonly number[]) => RootOutput;
}

/** Data of a branch. */
export interface RootBasket {
  readonly className: string;
  readonly name: string;
  readonly title: string;
  /** Behind its key, and counted as a part of it. */
  readonly header: (keyLength: number) => RootOutput;
  readonly content: RootOutput;
}

/** A histogram with equal bins; contents with under- and overflow. */
export function th1d(
  name: string,
  low: number,
  high: number,
  contents: readonly number[],
): RootEntry {
  const content = new RootOutput();
  const bins = contents.length - 2;
  const axis = (out: RootOutput, axisName: string, n: number, from: number, to: number): void => {
    out.object(10, (body) => {
      body.tNamed(axisName, '');
      body.object(4, (att) => att.i4(510).i2(1, 1, 42).f4(0.005, 0.035, 0.03, 1, 0.035).i2(1, 42));
      body.i4(n).f8(from, to).i4(0).i4(0, 0).i2(0).u1(0).text('').i4(0).i4(0);
    });
  };
  content.object(3, (histogram) => {
    histogram.object(8, (th1) => {
      th1.tNamed(name, 'a histogram');
      th1.object(2, (att) => att.i2(602, 1, 1));
      th1.object(2, (att) => att.i2(0, 1001));
      th1.object(2, (att) => att.i2(1, 1).f4(1));
      th1.i4(contents.length);
      axis(th1, 'xaxis', bins, low, high);
      axis(th1, 'yaxis', 1, 0, 1);
      axis(th1, 'zaxis', 1, 0, 1);
      th1.i2(0, 1000).f8(contents.length, 0, 0, 0, 0, -1111, -1111, 0);
      th1
        .i4(0)
        .i4(contents.length)
        .f8(...contents.map((value) => value * value))
        .text('');
      th1.i4(0).i4(0).u1(0).i4(0, 2);
    });
    histogram.i4(contents.length).f8(...contents);
  });
  return { name, className: 'TH1D', content };
}

/** A text. */
export function tObjString(name: string, value: string): RootEntry {
  const content = new RootOutput();
  content.object(1, (out) => out.tObject().text(value));
  return { name, className: 'TObjString', content };
}

const classes = [...histogramClasses, ...treeClasses];
const begin = 100;
const datime = 0x6d000000;

/** A small file as ROOT 6 writes it, not compressed. */
export function rootFile(entries: readonly RootEntry[]): Uint8Array<ArrayBuffer> {
  const infos = new RootOutput();
  infos.object(5, (list) => {
    list.tObject().text('').i4(classes.length);
    for (const rootClass of classes) {
      list.pointer('TStreamerInfo', (out) => streamerInfo(out, rootClass)).text('');
    }
  });
  const nameLength = key('TFile', 'test.root', '', 0, 0, 0).length + 'test.root'.length + 2;
  const bodies = new RootOutput();
  const first = begin + nameLength + 60;
  const headers = new RootOutput();
  const place = (
    className: string,
    name: string,
    content: RootOutput,
  ): [seek: number, size: number] => {
    const seek = first + bodies.length;
    const header = key(className, name, '', content.length, seek, begin).bytes();
    bodies.raw(header).raw(content.bytes());
    if (className !== 'TList' && name !== 'test.root') headers.raw(header);
    return [seek, header.length + content.length];
  };
  for (const { name, className, content, baskets = [], make } of entries) {
    const seeks = baskets.map((basket) => {
      const seek = first + bodies.length;
      bodies.raw(basketBytes(basket, seek));
      return seek;
    });
    place(className, name, make?.(seeks) ?? content);
  }
  const [seekInfo, sizeInfo] = place('TList', 'StreamerInfo', infos);
  const list = new RootOutput().i4(entries.length).raw(headers.bytes());
  const [seekKeys, sizeKeys] = place('TFile', 'test.root', list);
  const end = first + bodies.length;
  const out = new RootOutput();
  out.raw(new TextEncoder().encode('root')).i4(62400, begin, end, end, 0, 1, nameLength).u1(4);
  out.i4(0, seekInfo, sizeInfo).i2(1).raw(new Uint8Array(16));
  out.raw(new Uint8Array(begin - out.length));
  out.raw(key('TFile', 'test.root', '', nameLength + 60, begin, 0).bytes());
  out.text('test.root').text('');
  out.i2(5).i4(datime, datime, sizeKeys, nameLength, begin, 0, seekKeys);
  out.i2(1).raw(new Uint8Array(16));
  out.raw(new Uint8Array(first - out.length));
  return out.raw(bodies.bytes()).bytes();
}

function basketBytes(
  { className, name, title, header, content }: RootBasket,
  seek: number,
): Uint8Array {
  const length = key(className, name, title, 0, seek, begin, 19).length + 19;
  const whole = key(className, name, title, content.length, seek, begin, 19);
  return whole.raw(header(length).bytes()).raw(content.bytes()).bytes();
}

function key(
  className: string,
  name: string,
  title: string,
  size: number,
  seek: number,
  parent: number,
  more = 0,
): RootOutput {
  const names = new RootOutput().text(className).text(name).text(title);
  const length = 26 + names.length + more;
  return new RootOutput()
    .i4(length + size)
    .i2(4)
    .i4(size, datime)
    .i2(length, 1)
    .i4(seek, parent)
    .raw(names.bytes());
}
