/** A text of the WGSL kernel. */
export interface KernelModule {
  /** Its path below kernel/wgsl, such as `primitives/box.wgsl`. */
  readonly name: string;
  readonly text: string;
}
