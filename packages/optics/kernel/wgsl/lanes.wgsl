// Four numbers at once: what the AssemblyScript kernel has of WebAssembly's SIMD
// and WGSL does not have.

// Bit i: whether lane i is true.
fn laneBits(lanes: vec4<bool>) -> i32 {
  let bits = select(vec4i(0), vec4i(1, 2, 4, 8), lanes);
  return bits.x + bits.y + bits.z + bits.w;
}

// The size of `a` with the sign of `b`, also that of 0.
fn rCopysign(a: f32, b: f32) -> f32 {
  let sign = bitcast<u32>(b) & 0x80000000u;
  return bitcast<f32>((bitcast<u32>(a) & 0x7fffffffu) | sign);
}
