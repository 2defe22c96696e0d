// Rows in the order of their places: what is read back.

struct Part {
  // The first place, and how many.
  first: u32,
  rows: u32,
  // Quads of a row.
  quads: u32,
}

@group(0) @binding(0) var<uniform> part: Part;
@group(0) @binding(1) var<storage, read> rows: array<vec4<u32>>;
@group(0) @binding(2) var<storage, read> places: array<u32>;
@group(0) @binding(3) var<storage, read_write> gathered: array<vec4<u32>>;

const threads = 256u;

@compute @workgroup_size(threads)
fn gather(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let quads = part.rows * part.quads;
  for (var i = id.x; i < quads; i += groups.x * threads) {
    let row = places[part.first + i / part.quads];
    gathered[i] = rows[row * part.quads + i % part.quads];
  }
}
