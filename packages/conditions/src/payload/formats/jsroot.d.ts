/** The parts of jsroot that are used: its package has no types for them. */
declare module 'jsroot/io' {
  export interface RootKey {
    readonly fName: string;
    readonly fClassName: string;
    readonly fCycle: number;
    readonly fObjlen: number;
  }
  export interface RootDirectory {
    readonly fKeys: readonly RootKey[];
  }
  export interface RootFile extends RootDirectory {
    readObject(path: string, cycle?: number): Promise<Readonly<Record<string, unknown>>>;
  }
  /** What files are read through. */
  export class FileProxy {
    openFile(): Promise<boolean>;
    getFileName(): string;
    getFileSize(): number;
    readBuffer(position: number, length: number): Promise<DataView | null>;
    closeFile(): void;
  }
  export function openFile(proxy: FileProxy): Promise<RootFile>;
}

declare module 'jsroot/tree' {
  /** What gets the entries of a tree. */
  export class TSelector {
    readonly tgtobj: Readonly<Record<string, unknown>>;
    addBranch(name: string): number;
    Process(entry: number): void;
    Terminate(isComplete: boolean): void;
  }
  export function treeProcess(tree: unknown, selector: TSelector): Promise<TSelector>;
}

declare module 'jsroot/core' {
  export const internals: { _ZstdStream?: { decompress(bytes: Uint8Array): Uint8Array } };
}
