/** Names of a kernel module in WGSL, which has one scope for all modules and words of its own. */

/** Keywords and reserved words of WGSL (gpuweb, WGSL, "Keyword and Reserved Word Summary") that a kernel might use. */
const reserved = new Set(
  `alias break case const const_assert continue continuing default diagnostic discard else enable false fn for if let
  loop override requires return struct switch true var while abstract active as asm async attribute auto await become
  cast catch class column_major common compile concept crate debugger delete demote do dynamic_cast enum explicit export
  extends extern external fallthrough filter final finally friend from fxgroup get goto groupshared highp impl implements
  import inline instanceof interface layout lowp macro match mediump meta mod module move mut mutable namespace new nil
  noexcept noinline null nullptr of operator package partition pass patch pixelfragment precise precision premerge priv
  protected pub public readonly ref regardless register require resource restrict self set shared sizeof smooth snorm
  static std subroutine super target template this throw trait try type typedef typeid typename typeof union unless unorm
  unsafe unsized use using varying virtual volatile where with writeonly yield
  abs bitcast countTrailingZeros f32 floor i32 max min reflect refract round select sqrt u32 vec2 vec4`.split(
    /\s+/,
  ),
);

/**
 * A name that WGSL takes.
 *
 * @param {string} name
 */
export function wgslName(name) {
  return reserved.has(name) ? `${name}_` : name;
}

/**
 * The WGSL name of each name at module scope, by module. Of those that stand in several modules the exported one keeps
 * its name, the others get their module's before it. What is not emitted here keeps its names.
 *
 * @param {readonly {stem: string, fixed: boolean, names: readonly {name: string, exported: boolean}[]}[]} modules
 * @returns {Map<string, Map<string, string>>}
 */
export function moduleNames(modules) {
  /** @type {Map<string, {stem: string, exported: boolean, fixed: boolean}[]>} */
  const places = new Map();
  for (const { stem, fixed, names } of modules)
    for (const { name, exported } of names)
      places.set(name, [...(places.get(name) ?? []), { stem, exported, fixed }]);
  return new Map(
    modules.map(({ stem, fixed, names }) => [
      stem,
      new Map(
        names.map(({ name, exported }) => {
          const all = places.get(name) ?? [];
          const others = all.filter((place) => place.stem !== stem);
          const first = !others.some((place) => place.fixed || (place.exported && !fixed));
          const keeps = others.length === 0 || fixed || (exported && first);
          return [name, keeps ? wgslName(name) : `${stem.replaceAll('-', '_')}_${name}`];
        }),
      ),
    ]),
  );
}
