// What unit tests need of the kernel's inside: kernel-testing.wasm.

export * from './testing/solids';
export * from './testing/physics';
export * from './testing/navigation';
