// Made by tools/emit-wgsl.mjs of kernel/wasm/facet.ts.

// The normals of the micro-facets of a ground surface, as GetFacetNormal of
// G4OpBoundaryProcess.

const UNIFIED: i32 = 1;

// The result of drawFacet(): a unit normal against the photon.
var<private> facetX: f32 = 0.0;
var<private> facetY: f32 = 0.0;
var<private> facetZ: f32 = 1.0;
fn setFacet(x: f32, y: f32, z: f32) {
  facetX = x;
  facetY = y;
  facetZ = z;
}

// A facet of a surface of mean normal n (against the photon) that the photon
// meets from its front. `value`: sigma_alpha (unified) or polish (glisur).
fn drawFacet(model: i32, value: f32, nx: f32, ny: f32, nz: f32) {
  setFacet(nx, ny, nz);
  if (select(value >= 1.0, value == 0.0, model == UNIFIED)) {
    return;
  }
  loop {
    if (model == UNIFIED) {
      tiltFacet(value, nx, ny, nz);
    } else {
      smearFacet(1.0 - value, nx, ny, nz);
    }
    if (!(dx.x * facetX + dy.x * facetY + dz.x * facetZ >= 0.0)) {
      break;
    }
  }
}

// An angle with the density exp(-a^2 / (2 sigma^2)) sin a on [0, pi/2): from
// exp(-a^2 / (2 sigma^2)) a by inversion, kept with chance sin a / a. Sets
// turnCos and turnSin. Draws: 2 for each trial. [SURF4]
fn drawFacetAngle(sigma: f32) {
  let edge = 1.5707964 / sigma;
  let below = 1.0 - rExp(-0.5 * edge * edge);
  var angle: f32 = 0.0;
  loop {
    angle = sigma * sqrt(-2.0 * rLog(1.0 - below * draw()));
    turn(angle * 0.15915494);
    if (!(draw() * angle > turnSin)) {
      break;
    }
  }
}

// Unified: tilted by that angle, at any azimuth. [SURF4]
fn tiltFacet(sigma: f32, nx: f32, ny: f32, nz: f32) {
  drawFacetAngle(sigma);
  let c = turnCos;
  let s = turnSin;
  turn(draw());
  rotateToAxis(s * turnCos, s * turnSin, c, nx, ny, nz);
  setFacet(turnedX, turnedY, turnedZ);
}

// Glisur: the normal plus a point of the ball of radius 1 - polish, all
// points alike likely. Draws: 3. [SURF5]
fn smearFacet(radius: f32, nx: f32, ny: f32, nz: f32) {
  let r = radius * rCbrt(draw());
  let c = 2.0 * draw() - 1.0;
  let s = r * sqrt((1.0 - c) * (1.0 + c));
  turn(draw());
  let x = nx + s * turnCos;
  let y = ny + s * turnSin;
  let z = nz + r * c;
  let n = 1.0 / sqrt(x * x + y * y + z * z);
  setFacet(n * x, n * y, n * z);
}
