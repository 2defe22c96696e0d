import { nearest } from '@lantern/units';
import { OpticsError } from '../errors.ts';
import type { KernelModule } from './kernel-module.ts';
import { stubbed, withoutClauses } from './kernel-stubs.ts';
import { type Declaration, type ParsedModule, parseModule } from './wgsl-declarations.ts';
import { builtInNames } from './wgsl-names.ts';

/** What the text of a kernel is to be made from. */
export interface KernelRecipe {
  readonly modules: readonly KernelModule[];
  /** Names of the entry points. */
  readonly entries: readonly string[];
  /**
   * Values in place of those that the modules give to constants, such as sizes of arrays; switches (`FUSED`) that they use
   * and do not declare are declared.
   */
  readonly constants?: Readonly<Record<string, number | boolean>> | undefined;
  /**
   * Functions of features that the scene does not have, or clauses of their `switch` (`ownSpans:LEAF_IS_TORUS`,
   * `ownSpans:default`): to come there raises FAULT_ABSENT.
   */
  readonly stubs?: Iterable<string> | undefined;
}

/** Where a line of an assembled kernel comes from. */
export interface KernelPlace {
  /** Such as `kernel/wgsl/primitives/box.wgsl`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** The text of a kernel, for a scene and a device. */
export interface AssembledKernel {
  readonly code: string;
  /** Names of the functions that it has, stubs among them, in order. */
  readonly functions: readonly string[];
  /** The stubs of the recipe, whether they are reached or not; the fault that the k-th raises is FAULT_ABSENT | k << 8. */
  readonly stubs: readonly string[];
  /** Where a line of the code (from 1) comes from; undefined for lines of the assembler's own. */
  place(line: number): KernelPlace | undefined;
}

/**
 * Makes one text of the WGSL modules: what the entry points use, and nothing else; the same text for the same recipe.
 *
 * @throws OpticsError for names that nothing or that two things declare, for functions that call themselves, and for
 * entry points, constants and stubs that the modules do not have
 */
export function assembleKernel(recipe: KernelRecipe): AssembledKernel {
  const modules = parsed(recipe.modules);
  const constants = recipe.constants ?? {};
  const stubs = [...new Set(recipe.stubs)];
  const device = switches(modules, constants);
  const declared = byName([device, ...modules]);
  for (const name of recipe.entries) requireKind(declared, name, 'fn', 'function');
  for (const name of Object.keys(constants)) requireKind(declared, name, 'const', 'constant');
  putStubs(declared, stubs);
  const reached = reach(declared, recipe.entries);
  const text = new KernelText();
  for (const module of [device, ...modules]) {
    const used = module.declarations.filter(({ name }) => reached.has(name));
    if (used.length === 0) continue;
    for (const directive of module.directives) text.addDirective(directive);
    text.addModule(module.name);
    for (const { name } of used) {
      const declaration = declared.get(name) as Declaration;
      const value = constants[name];
      text.add(
        declaration,
        value === undefined ? declaration.text : constantText(declaration, value),
      );
    }
  }
  return text.end(stubs);
}

/** Functions and clauses in whose place there are stubs, numbered in their order. */
function putStubs(declared: Map<string, Declaration>, stubs: readonly string[]): void {
  const clauses = new Map<string, Map<string, number>>();
  stubs.forEach((stub, number) => {
    const [name = '', clause] = stub.split(':');
    const declaration = requireKind(declared, name, 'fn', 'function');
    if (clause === undefined) declared.set(name, stubbed(declaration, number));
    else clauses.set(name, (clauses.get(name) ?? new Map()).set(clause, number));
  });
  for (const [name, numbers] of clauses)
    if (!stubs.includes(name))
      declared.set(name, withoutClauses(declared.get(name) as Declaration, numbers));
}

/** Modules are parsed once, as there are many lines and the same ones serve every scene. */
const known = new WeakMap<KernelModule, ParsedModule>();

function parsed(modules: readonly KernelModule[]): ParsedModule[] {
  return modules.map((module) => {
    const found = known.get(module) ?? parseModule(module);
    known.set(module, found);
    return found;
  });
}

/** Switches that no module declares, as a module. */
function switches(
  modules: readonly ParsedModule[],
  constants: Readonly<Record<string, number | boolean>>,
): ParsedModule {
  const names = new Set(
    modules.flatMap(({ declarations }) => declarations.map(({ name }) => name)),
  );
  const missing = Object.entries(constants).filter(
    ([name, value]) => typeof value === 'boolean' && !names.has(name),
  );
  const text = missing.map(([name, value]) => `const ${name}: bool = ${value};\n`).join('');
  return parseModule({ name: 'switches', text });
}

type Declarations = ReadonlyMap<string, Declaration>;

function byName(modules: readonly ParsedModule[]): Map<string, Declaration> {
  const declared = new Map<string, Declaration>();
  for (const declaration of modules.flatMap(({ declarations }) => declarations)) {
    const before = declared.get(declaration.name);
    if (before)
      throw new OpticsError({
        what: `two things of the GPU kernel have the name '${declaration.name}'`,
        where: placeOf(declaration),
        given: `the other is in ${placeOf(before)}`,
      });
    declared.set(declaration.name, declaration);
  }
  return declared;
}

function requireKind(
  declared: Declarations,
  name: string,
  kind: Declaration['kind'],
  word: string,
): Declaration {
  const found = declared.get(name);
  if (found?.kind === kind) return found;
  const names = [...declared.values()].filter((each) => each.kind === kind);
  throw unknownName(`the GPU kernel has no ${word} of this name`, undefined, name, names);
}

/** Names of what the entry points use, directly or through others. */
function reach(declared: Declarations, entries: readonly string[]): ReadonlySet<string> {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (declaration: Declaration): void => {
    const { name } = declaration;
    if (path.includes(name)) {
      const round = [...path.slice(path.indexOf(name)), name];
      throw new OpticsError({
        what: `what the GPU kernel declares uses itself: ${round.join(' -> ')}`,
        where: placeOf(declaration),
      });
    }
    if (done.has(name)) return;
    path.push(name);
    for (const [used, token] of declaration.uses) {
      if (builtInNames.has(used)) continue;
      const next = declared.get(used);
      if (!next)
        throw unknownName(
          'the GPU kernel uses a name that nothing declares',
          `kernel/wgsl/${declaration.module}, line ${token.line}`,
          used,
          declared.values(),
        );
      visit(next);
    }
    path.pop();
    done.add(name);
  };
  for (const name of entries) visit(declared.get(name) as Declaration);
  return done;
}

function constantText(declaration: Declaration, value: number | boolean): string {
  const [head = ''] = declaration.text.split('=');
  const type = /:\s*(\w+)\s*$/.exec(head)?.[1] ?? '';
  const literal = literalOf(type, value);
  if (literal !== undefined) return `${head}= ${literal};`;
  throw new OpticsError({
    what: `a constant of the GPU kernel cannot have this value`,
    where: placeOf(declaration),
    given: String(value),
    expected: type === '' ? 'a constant whose declaration says its type' : `a ${type}`,
  });
}

function literalOf(type: string, value: number | boolean): string | undefined {
  if (typeof value === 'boolean') return type === 'bool' ? String(value) : undefined;
  const high = Math.fround(value);
  if (type === 'f32' && Number.isFinite(high)) return `f32(${high})`;
  if (type === 'vec2f' && Number.isFinite(high))
    return `vec2f(${high}, ${Math.fround(value - high)})`;
  if (!Number.isInteger(value)) return undefined;
  if (type === 'u32' && value >= 0 && value < 2 ** 32) return `${value}u`;
  return type === 'i32' && Math.abs(value) < 2 ** 31 ? `${value}` : undefined;
}

/** The text that is made, and where its lines come from. */
class KernelText {
  private readonly directives = new Set<string>();
  private readonly lines: string[] = [];
  private readonly places: (KernelPlace | undefined)[] = [];
  private readonly functions: string[] = [];

  addDirective(directive: string): void {
    this.directives.add(directive);
  }

  addModule(name: string): void {
    this.lines.push(`// ${name}`);
    this.places.push(undefined);
  }

  add({ module, kind, name, line }: Declaration, text: string): void {
    if (kind === 'fn') this.functions.push(name);
    text.split('\n').forEach((each, i) => {
      this.lines.push(each);
      this.places.push({ file: `kernel/wgsl/${module}`, line: line + i });
    });
  }

  end(stubs: readonly string[]): AssembledKernel {
    const head = [...this.directives];
    const { places, functions } = this;
    return {
      code: [...head, ...this.lines, ''].join('\n'),
      functions,
      stubs,
      place: (line) => places[line - 1 - head.length],
    };
  }
}

function placeOf({ module, line }: Declaration): string {
  return `kernel/wgsl/${module}, line ${line}`;
}

function unknownName(
  what: string,
  where: string | undefined,
  given: string,
  names: Iterable<{ readonly name: string }>,
): OpticsError {
  const near = nearest(
    given,
    [...names].map(({ name }) => name),
  );
  return new OpticsError({
    what,
    where,
    given: `'${given}'`,
    hint: near === undefined ? undefined : `did you mean '${near}'?`,
  });
}
