// Made by tools/emit-wgsl.mjs of kernel/wasm/light.ts.

// Photons of a light source in words (src/sources/light): shape, direction,
// wavelength and time are drawn one after the other.

var<private> spectrum: u32 = 0u;
var<private> spectrumKnots: i32 = 0;

// The spectrum of lights that have one: knots as in spectrum.ts.
fn setLightSpectrum(at: u32, knots: i32) {
  spectrum = at;
  spectrumKnots = knots;
}

fn light_read(step: u32, offset: i32) -> f32 {
  return loadSourceF32(step + u32(offset));
}

// Where the photon starts, from the middle of the source; the normal there.
var<private> offsetX: f32 = 0.0;
var<private> offsetY: f32 = 0.0;
var<private> offsetZ: f32 = 0.0;
var<private> light_normalX: f32 = 0.0;
var<private> light_normalY: f32 = 0.0;
var<private> light_normalZ: f32 = 0.0;

// Sets the photon (photon.ts), in the frame of the world.
fn emitLight(step: u32) {
  let mode = loadSourceI32(step + u32(LIGHT_MODE));
  startSomewhere(step);
  goSomewhere(step, mode & 15);
  light_polarise(step);
  setWavelength(drawWavelength(step, (mode >> 4u) & 15));
  setTime(light_read(step, GENSTEP_TIME) +
    light_drawDelay(step, (mode >> 8u) & 15));
}

fn setOffset(x: f32, y: f32, z: f32) {
  offsetX = x;
  offsetY = y;
  offsetZ = z;
}

// Uniform on the shape; sets the normal there, the axis if the shape has none.
// [SRC5]
fn startSomewhere(step: u32) {
  let shape = loadSourceI32(step + u32(LIGHT_SHAPE));
  let radius = light_read(step, LIGHT_RADIUS);
  light_normalX = light_read(step, LIGHT_AXIS_X);
  light_normalY = light_read(step, LIGHT_AXIS_Y);
  light_normalZ = light_read(step, LIGHT_AXIS_Z);
  setOffset(0.0, 0.0, 0.0);
  if (shape == LIGHT_IS_DISC) {
    let r = radius * sqrt(draw());
    turn(draw());
    let x = r * turnCos;
    let y = r * turnSin;
    rotateToAxis(x, y, 0.0, light_normalX, light_normalY, light_normalZ);
    setOffset(turnedX, turnedY, turnedZ);
  } else if (shape == LIGHT_IS_LINE) {
    let part = draw();
    setOffset(part * light_read(step, LIGHT_LINE_X), part *
      light_read(step, LIGHT_LINE_Y), part * light_read(step, LIGHT_LINE_Z));
  } else if (shape == LIGHT_IS_SPHERE || shape == LIGHT_IS_BALL) {
    startInSphere(radius, shape == LIGHT_IS_BALL);
  }
  setPosition(wFromF32(light_read(step, GENSTEP_X) + offsetX),
    wFromF32(light_read(step, GENSTEP_Y) + offsetY),
    wFromF32(light_read(step, GENSTEP_Z) + offsetZ));
}

// On the surface of a sphere, or anywhere in it (the cube of r is uniform).
fn startInSphere(radius: f32, inside: bool) {
  let z = 2.0 * draw() - 1.0;
  let rho = sqrt((1.0 - z) * (1.0 + z));
  turn(draw());
  var t1_: f32;
  if (inside) {
    t1_ = radius * rCbrt(draw());
  } else {
    t1_ = radius;
  }
  let r = t1_;
  light_normalX = rho * turnCos;
  light_normalY = rho * turnSin;
  light_normalZ = z;
  setOffset(r * light_normalX, r * light_normalY, r * light_normalZ);
}

// [SRC6]
fn goSomewhere(step: u32, way: i32) {
  if (way == LIGHT_GOES_ISOTROPIC) {
    goAnywhere();
  } else if (way == LIGHT_GOES_CONE) {
    let ax = light_read(step, LIGHT_AXIS_X);
    let ay = light_read(step, LIGHT_AXIS_Y);
    let az = light_read(step, LIGHT_AXIS_Z);
    let opening = light_read(step, LIGHT_OPENING);
    if (opening == 0.0) {
      goAlong(ax, ay, az);
    } else {
      // Uniform in solid angle: 1 - cos is uniform up to 2 sin2(opening/2).
      let half = rSin(0.5 * opening);
      goAbout(1.0 - 2.0 * half * half * draw(), ax, ay, az);
    }
  } else if (way == LIGHT_GOES_LAMBERTIAN) {
    goAbout(sqrt(draw()), light_normalX, light_normalY, light_normalZ);
  } else if (way == LIGHT_GOES_INWARDS) {
    goAlong(-light_normalX, -light_normalY, -light_normalZ);
  } else {
    goAlong(light_normalX, light_normalY, light_normalZ);
  }
}

// [SRC9]
fn light_polarise(step: u32) {
  let x = light_read(step, LIGHT_POL_X);
  let y = light_read(step, LIGHT_POL_Y);
  let z = light_read(step, LIGHT_POL_Z);
  if (x == 0.0 && y == 0.0 && z == 0.0) {
    polariseAnyhow();
  } else {
    polariseLike(x, y, z);
  }
}

// [SRC7]
fn drawWavelength(step: u32, kind: i32) -> f32 {
  let low = light_read(step, LIGHT_WAVELENGTH);
  let width = light_read(step, LIGHT_WAVELENGTH_WIDTH);
  if (kind == LIGHT_SPECTRUM_FLAT) {
    return low + draw() * (width - low);
  }
  if (kind == LIGHT_SPECTRUM_GAUSSIAN) {
    return low + width * drawGauss();
  }
  if (kind == LIGHT_SPECTRUM_TABLE) {
    return PLANCK_TIMES_C /
      spectrum_spectrumEnergy(spectrum, spectrumKnots, draw());
  }
  return low;
}

// [SRC8]
fn light_drawDelay(step: u32, kind: i32) -> f32 {
  let width = light_read(step, LIGHT_TIME_WIDTH);
  if (kind == LIGHT_TIME_GAUSSIAN) {
    return width * drawGauss();
  }
  if (kind == LIGHT_TIME_FLAT) {
    return width * draw();
  }
  if (kind == LIGHT_TIME_EXPONENTIAL) {
    return -width * rLog(draw());
  }
  return 0.0;
}
