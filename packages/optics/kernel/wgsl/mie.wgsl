// Made by tools/emit-wgsl.mjs of kernel/wasm/mie.ts.

// Mie scattering by the phase function of Henyey and Greenstein.

// A cosine of the density (1 - g^2) / 2 (1 + g^2 - 2 g c)^(3/2), whose mean is
// g: the inverse of its integral, written so that g may be 0 or -1 or 1.
// Henyey and Greenstein, Astrophys. J. 93 (1941) 70. [BULK7]
fn henyeyGreenstein(g: f32, u: f32) -> f32 {
  let a = 1.0 + g;
  let b = 1.0 - g + 2.0 * g * u;
  return min(1.0, (2.0 * u * a * a * (1.0 - g + g * u)) / (b * b) - 1.0);
}

// Forward with the chance of the material, else backward; the new polarisation
// is as near to the old one as it can be. The distributions of G4OpMieHG.
// Draws: forward or backward where there is a choice, cosine, azimuth. [BULK7]
fn mie(material: i32) {
  let ratio = materialMieForwardRatio(material).x;
  let forward = ratio >= 1.0 || (ratio > 0.0 && draw() <= ratio);
  let g = select(materialMieBackward(material).x,
    materialMieForward(material).x, forward);
  let cosine = henyeyGreenstein(g, draw());
  let x = ex;
  let y = ey;
  let z = ez;
  goAbout(select(-cosine, cosine, forward), dx.x, dy.x, dz.x);
  polariseLike(x, y, z);
}
