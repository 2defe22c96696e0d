import { describe, expect, test } from 'vitest';
import { assembleKernel } from '../src/gpu/assemble-kernel.ts';
import type { KernelModule } from '../src/gpu/kernel-module.ts';

const fault: KernelModule = {
  name: 'fault.wgsl',
  text: `const FAULT_ABSENT: u32 = 1;
var<private> fault: u32 = 0u;
fn raiseFault(code: u32) {
  if (fault == 0u) { fault = code; }
}
`,
};

const shapes: KernelModule = {
  name: 'primitives/shapes.wgsl',
  text: `// Shapes.
const MOST: i32 = 8;
const unused = 3;
struct Ray { at: vec2<f32>, depth: f32 }
var<private> depth: array<f32, MOST>;
var<private> never: f32;

/* boxSpan( is not a call /* nor is this */ depth */
fn boxSpan(p: u32, t: f32) -> bool {
  let near = t * 2.0;
  return near > 0.0; // sphereSpan(p)
}

fn sphereSpan(p: u32, ray: Ray) -> vec2<f32> {
  return ray.at * helper(ray.depth);
}
fn helper(x: f32) -> f32 { return x; }
fn lonely() { never = 1.0; }
`,
};

const main: KernelModule = {
  name: 'run.wgsl',
  text: `diagnostic(off, derivative_uniformity);
@group(0) @binding(7) var<storage, read_write> out: array<f32>;
@compute @workgroup_size(64)
fn run(@builtin(global_invocation_id) id: vec3<u32>) {
  for (var never = 0; never < MOST; never++) {
    let sphere = sphereSpan(id.x, Ray(vec2<f32>(), 1.0));
    if (boxSpan(id.x, sphere.x)) { out[id.x] = depth[never]; }
  }
}
fn other() { lonely(); }
`,
};

const modules = [fault, shapes, main];

function assemble(parts: readonly KernelModule[], entries: readonly string[] = ['run']): string {
  return assembleKernel({ modules: parts, entries }).code;
}

describe('[KERN1] a kernel has what its entry points use', () => {
  test('and nothing else, in the order of the modules', () => {
    const kernel = assembleKernel({ modules, entries: ['run'] });
    expect(kernel.functions).toEqual(['boxSpan', 'sphereSpan', 'helper', 'run']);
    expect(kernel.stubs).toEqual([]);
    expect(kernel.code).toBe(`diagnostic(off, derivative_uniformity);
// primitives/shapes.wgsl
const MOST: i32 = 8;
struct Ray { at: vec2<f32>, depth: f32 }
var<private> depth: array<f32, MOST>;
fn boxSpan(p: u32, t: f32) -> bool {
  let near = t * 2.0;
  return near > 0.0; // sphereSpan(p)
}
fn sphereSpan(p: u32, ray: Ray) -> vec2<f32> {
  return ray.at * helper(ray.depth);
}
fn helper(x: f32) -> f32 { return x; }
// run.wgsl
@group(0) @binding(7) var<storage, read_write> out: array<f32>;
@compute @workgroup_size(64)
fn run(@builtin(global_invocation_id) id: vec3<u32>) {
  for (var never = 0; never < MOST; never++) {
    let sphere = sphereSpan(id.x, Ray(vec2<f32>(), 1.0));
    if (boxSpan(id.x, sphere.x)) { out[id.x] = depth[never]; }
  }
}
`);
  });

  test('a local hides a name of a module from the end of its statement to that of its block', () => {
    const text = `var<private> a: f32;
var<private> b: f32;
var<private> c: f32;
fn run(c: f32) {
  let a = a + c;
  { let b = 1.0; a2(b); }
  a2(b);
}
fn a2(x: f32) { for (var c = 0; c < 3; c++) { let c = 2; } }
fn a3() { { let c = 1; } c = 2.0; }
`;
    const module = { name: 'm.wgsl', text };
    expect(assemble([module]).match(/var<private> (\w)/g)).toEqual([
      'var<private> a',
      'var<private> b',
    ]);
    expect(assemble([module], ['a3'])).toContain('var<private> c');
    expect(assemble([module], ['a2'])).not.toContain('var<private>');
  });

  test('the same text each time', () => {
    expect(assemble([...modules].map((each) => ({ ...each })))).toBe(assemble(modules));
  });
});

describe('[KERN2] functions of absent features are stubs that raise a fault', () => {
  test('in the place of the function, its own uses gone', () => {
    const kernel = assembleKernel({ modules, entries: ['run'], stubs: ['sphereSpan', 'boxSpan'] });
    expect(kernel.stubs).toEqual(['sphereSpan', 'boxSpan']);
    expect(kernel.functions).toEqual(['raiseFault', 'boxSpan', 'sphereSpan', 'run']);
    expect(kernel.code).toContain(
      'fn boxSpan(p: u32, t: f32) -> bool { raiseFault(FAULT_ABSENT | (1u << 8u)); return bool(); }',
    );
    expect(kernel.code).toContain(
      'fn sphereSpan(p: u32, ray: Ray) -> vec2<f32> { raiseFault(FAULT_ABSENT | (0u << 8u)); return vec2<f32>(); }',
    );
    expect(kernel.code).toContain('var<private> fault: u32 = 0u;');
  });

  test('one that nothing calls is not there', () => {
    const kernel = assembleKernel({ modules, entries: ['run'], stubs: ['lonely'] });
    expect(kernel.code).not.toContain('lonely');
    expect(kernel.code).not.toContain('raiseFault');
  });

  const text = `fn spans(kind: i32) -> i32 {
  switch (kind) {
    case ONE {
      return one();
    }
    case TWO: {
      if (true) { return two(); }
      return 2;
    }
    default {
      return three();
    }
  }
}
fn one() -> i32 { return 1; }
fn two() -> i32 { return 2; }
fn three() -> i32 { return 3; }
const ONE: i32 = 1;
const TWO: i32 = 2;
fn run() { _ = spans(1); act(); }
fn act() { switch (1) { case ONE { } default { _ = three(); } } }
`;
  const clauses = [fault, { name: 'm.wgsl', text }];

  test('or clauses of a switch, on their lines', () => {
    const stubs = ['spans:TWO', 'spans:default', 'act:default'];
    const kernel = assembleKernel({ modules: clauses, entries: ['run'], stubs });
    expect(kernel.functions).toEqual(['raiseFault', 'spans', 'one', 'run', 'act']);
    expect(kernel.code).toContain(
      [
        '    case TWO: { raiseFault(FAULT_ABSENT | (0u << 8u)); return i32(); }',
        '',
        '',
        '',
        '    default { raiseFault(FAULT_ABSENT | (1u << 8u)); return i32(); }',
      ].join('\n'),
    );
    expect(kernel.code).toContain('default { raiseFault(FAULT_ABSENT | (2u << 8u)); return; }');
    const run = kernel.code.split('\n').findIndex((line) => line.startsWith('fn run'));
    expect(kernel.place(run + 1)).toEqual({ file: 'kernel/wgsl/m.wgsl', line: 20 });
  });

  test('a clause that is not there is an error', () => {
    expect(() =>
      assembleKernel({ modules: clauses, entries: ['run'], stubs: ['spans:THREE'] }),
    ).toThrow(
      "kernel/wgsl/m.wgsl, line 1: a function of the GPU kernel has no clause 'case THREE'",
    );
  });
});

describe('[KERN3] constants of the scene and the device', () => {
  const text = `const A: i32 = 1 + 2;
const B: u32 = 1u; const C: f32 = 1.0; const D: bool = false; const E = 1;
const W: vec2f = vec2f(1.0, 0.0);
fn run() { _ = A; _ = B; _ = C; _ = D; _ = E; _ = W; }
`;
  const constants = (values: Readonly<Record<string, number | boolean>>): string =>
    assembleKernel({
      modules: [{ name: 'm.wgsl', text }],
      entries: ['run'],
      constants: values,
    }).code;

  test('have their types', () => {
    const code = constants({ A: -3, B: 4_000_000_000, C: 0.125, D: true, W: 1 + 2 ** -30 });
    expect(code).toContain('const A: i32 = -3;');
    expect(code).toContain('const B: u32 = 4000000000u;');
    expect(code).toContain('const C: f32 = f32(0.125);');
    expect(code).toContain('const D: bool = true;');
    expect(code).toContain(`const W: vec2f = vec2f(1, ${2 ** -30});`);
  });

  test('are declared where they are switches that the modules do not declare', () => {
    const module = { name: 'm.wgsl', text: 'fn run() { if (FUSED) { return; } }' };
    const recipe = { modules: [module], entries: ['run'], constants: { FUSED: true, OTHER: true } };
    expect(assembleKernel(recipe).code).toBe(
      '// switches\nconst FUSED: bool = true;\n// m.wgsl\nfn run() { if (FUSED) { return; } }\n',
    );
  });

  test.each([
    [{ A: 1.5 }, 'given 1.5, expected a i32'],
    [{ B: -1 }, 'given -1, expected a u32'],
    [{ A: true }, 'given true, expected a i32'],
    [{ C: Number.NaN }, 'given NaN, expected a f32'],
    [{ E: 2 }, 'expected a constant whose declaration says its type'],
    [{ AA: 2 }, "no constant of this name: given 'AA' (did you mean 'A'?)"],
  ])('%j is an error', (values, message) => {
    expect(() => constants(values)).toThrow(message);
  });
});

test('[KERN4] each line of a kernel is known by module and line', () => {
  const kernel = assembleKernel({ modules, entries: ['run'], stubs: ['sphereSpan'] });
  const texts = new Map(modules.map(({ name, text }) => [`kernel/wgsl/${name}`, text.split('\n')]));
  let compared = 0;
  kernel.code.split('\n').forEach((line, i) => {
    const place = kernel.place(i + 1);
    if (!place) expect(line).toMatch(/^(\/\/ .*|diagnostic.*|)$/);
    else if (!line.includes('FAULT_ABSENT |')) {
      expect(texts.get(place.file)?.[place.line - 1]).toBe(line);
      compared++;
    } else expect(texts.get(place.file)?.[place.line - 1]).toContain('fn sphereSpan');
  });
  expect(compared).toBeGreaterThan(15);
  expect(kernel.place(1000)).toBeUndefined();
});

describe('[KERN5] a text that does not fit together is an error that says where', () => {
  const within =
    (text: string): (() => string) =>
    () =>
      assemble([fault, { name: 'm.wgsl', text }]);

  test('an unknown function', () => {
    expect(within('fn run() {\n  raiseFalt(1u);\n}')).toThrow(
      "kernel/wgsl/m.wgsl, line 2: the GPU kernel uses a name that nothing declares: given 'raiseFalt' (did you mean 'raiseFault'?)",
    );
  });

  test('an unknown variable or type', () => {
    expect(within('fn run() { let x = nothing; }')).toThrow("given 'nothing'");
    expect(within('fn run(x: Nothing) {}')).toThrow("given 'Nothing'");
  });

  test('a name that is there twice', () => {
    expect(within('\nfn fault() {}\nfn run() {}')).toThrow(
      "kernel/wgsl/m.wgsl, line 2: two things of the GPU kernel have the name 'fault': given the other is in kernel/wgsl/fault.wgsl, line 2",
    );
  });

  test('a function that calls itself, over another', () => {
    expect(within('fn run() { a(); }\nfn a() { b(); }\nfn b() { a(); }')).toThrow(
      'kernel/wgsl/m.wgsl, line 2: what the GPU kernel declares uses itself: a -> b -> a',
    );
  });

  test('an entry point or a stub that is not there', () => {
    expect(() => assemble(modules, ['ran'])).toThrow("given 'ran' (did you mean 'run'?)");
    expect(() => assembleKernel({ modules, entries: ['run'], stubs: ['boxSpam'] })).toThrow(
      "given 'boxSpam' (did you mean 'boxSpan'?)",
    );
  });

  test('a text that ends too early', () => {
    expect(within('const a = 1;\nfn run() { if (true) { }')).toThrow(
      "kernel/wgsl/m.wgsl, line 2: a text of the GPU kernel cannot be read: given 'fn', expected a '}' at its end",
    );
    expect(within('run() {}')).toThrow("given 'run', expected a declaration");
  });
});
