// Functions that stand in place of those that tools/emit-wgsl.mjs would make of
// the kernel's text, in the modules that they belong to.

// No thread knows where the last photon began: each is looked for from the
// world down.
fn locate() -> bool {
  markPlaced();
  setNode(0);
  var index = ITSELF;
  loop {
    let volume = nodeVolume(node);
    if (holds(volume, index, px, py, pz)) {
      var here = volume;
      if (index != ITSELF) {
        takeInto(nodeFirstChild(node) + index);
        here = nodeVolume(node);
      }
      headingX = dx;
      headingY = dy;
      headingZ = dz;
      first = volumeFirstDaughter(here);
      beginWalk(here, volumeDaughterCount(here));
    } else if (index == ITSELF) {
      return false;
    }
    index = findInHierarchy(px.x, py.x, pz.x);
    if (index < 0) {
      return true;
    }
  }
}

// Of products without rounding there is no more in 2 x 24 bits than the
// products themselves: both edges of a pair of triangles see the same.
fn productError(a: vec2f, b: vec2f, product: vec2f) -> vec2f {
  return vec2f(0.0, 0.0);
}

fn hasRoom() -> bool {
  return end + ENTRY <= 4u * ENTRIES_WORDS;
}

// Distance to the next boundary, or `limit` if that is nearer.
fn nextBoundary(limit: vec2f) -> vec2f {
  standIn(node);
  enterDaughter(nodeVolume(node), px, py, pz, dx, dy, dz, limit, -1, isPlaced,
    EXIT_FIRST);
  isPlaced = false;
  boundaryDaughter = daughter;
  boundaryFace = select(exitFace, daughterFace, daughter >= 0);
  boundaryDistance = daughterDistance;
  return daughterDistance;
}

fn findVolume(leaving: bool) {
  var out = leaving;
  var left = node;
  var self_: i32 = -1;
  loop {
    if (out) {
      farNode = nodeParent(left);
      if (farNode < 0) {
        return;
      }
      climb(nodeTransform(left));
      if ((nodeFlags(left) & NODE_FLAG_TOUCHES_NOTHING) != 0) {
        return;
      }
      self_ = left - nodeFirstChild(farNode);
    } else {
      // In from outside, the photon is at a face of the volume.
      let inside = nodeFlags(farNode) & NODE_FLAG_DAUGHTERS_INSIDE;
      if (!leaving && inside != 0) {
        return;
      }
      self_ = -1;
    }
    setFrameNode(farNode);
    enterDaughter(nodeVolume(farNode), qx, qy, qz, navigate_ux, navigate_uy,
      navigate_uz, TOUCH, self_, true, select(NO_EXIT, EXIT_LAST, out));
    if (daughter >= 0) {
      goDown(farNode, daughter);
      out = false;
      continue;
    }
    if (!out || wLess(TOUCH, exitDistance)) {
      return;
    }
    left = farNode;
  }
}
