// Where everything is. The GPU image of the packed scene (scene-image.ts) is
// one buffer, bound three times: as words, as numbers of the geometry (pairs
// of 32-bit floats, see wide.wgsl), and as quads of floats. Addresses in it
// are in bytes, from the scene's start, as in the AssemblyScript kernel.

@group(0) @binding(0) var<storage, read> sceneWords: array<u32>;
@group(0) @binding(1) var<storage, read> scenePairs: array<vec2<f32>>;
@group(0) @binding(2) var<storage, read> sceneQuads: array<vec4<f32>>;
@group(0) @binding(3) var<uniform> sections: Sections;
@group(0) @binding(4) var<uniform> settings: Settings;

// Photon rows, or generation steps and what goes with them.
@group(0) @binding(5) var<storage, read> source: array<u32>;
// What all threads count together.
@group(0) @binding(6) var<storage, read_write> counters: array<atomic<u32>>;
// The photons that are on their way when a launch ends.
@group(0) @binding(7) var<storage, read_write> slots: array<u32>;
@group(0) @binding(8) var<storage, read_write> hits: array<u32>;
// Ends of all photons, step rows, their traces, children; the settings say
// where.
@group(0) @binding(9) var<storage, read_write> kept: array<u32>;

fn loadI32(at: u32) -> i32 {
  return bitcast<i32>(sceneWords[at >> 2u]);
}

fn loadU32(at: u32) -> u32 {
  return sceneWords[at >> 2u];
}

fn loadF32(at: u32) -> f32 {
  return bitcast<f32>(sceneWords[at >> 2u]);
}

fn loadWide(at: u32) -> vec2<f32> {
  return scenePairs[at >> 3u];
}

fn loadVec4(at: u32) -> vec4<f32> {
  return sceneQuads[at >> 4u];
}

fn loadSourceI32(at: u32) -> i32 {
  return bitcast<i32>(source[at >> 2u]);
}

fn loadSourceU32(at: u32) -> u32 {
  return source[at >> 2u];
}

fn loadSourceF32(at: u32) -> f32 {
  return bitcast<f32>(source[at >> 2u]);
}
