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

// Of lists and crossings there is less room than in the other kernel: to need
// more is a fault.
fn hasRoom() -> bool {
  let isRoom = end + ENTRY <= 4u * ENTRIES_WORDS;
  if (!isRoom) {
    raiseFault(FAULT_NO_ROOM | (ROOM_INTERVALS << 8u));
  }
  return isRoom;
}

fn addInterval(tIn: vec2f, faceIn: i32, tOut: vec2f, faceOut: i32) {
  if (!hasRoom()) {
    return;
  }
  entries_storeWide(end, tIn);
  entries_storeWide(end + T_OUT, tOut);
  entries_storeI32(end + FACE_IN, faceIn);
  entries_storeI32(end + FACE_OUT, faceOut);
  end += ENTRY;
}

fn uniteInterval(tIn: vec2f, faceIn: i32, tOut: vec2f, faceOut: i32) {
  if (!hasRoom()) {
    return;
  }
  var at = end;
  while (at > begin && wLess(tIn, entries_loadWide(at - ENTRY))) {
    at -= ENTRY;
  }
  var last = at - ENTRY;
  if (at > begin && wLess(tIn, entries_loadWide(last + T_OUT))) {
    if (wLessEq(tOut, entries_loadWide(last + T_OUT))) {
      return;
    }
  } else {
    if (at < end) {
      entries_copyWords(at + ENTRY, at, end - at);
    }
    end += ENTRY;
    last = at;
    at += ENTRY;
    entries_storeWide(last, tIn);
    entries_storeI32(last + FACE_IN, faceIn);
  }
  entries_storeWide(last + T_OUT, tOut);
  entries_storeI32(last + FACE_OUT, faceOut);
  if (at < end && wLess(entries_loadWide(at), tOut)) {
    swallow(last, at);
  }
}

fn insertCrossing(t: vec2f, triangle: i32, leaves: bool) {
  windings += select(-1, 1, leaves);
  if (crossingCount == mesh_MOST) {
    raiseFault(FAULT_NO_ROOM | (ROOM_CROSSINGS << 8u));
    return;
  }
  var at = u32(crossingCount) << 2u;
  crossingCount++;
  while (at > 0u && wLess(t, crossings_loadWide((at - 4u) << 2u))) {
    for (var k = 0u; k < 4u; k++) {
      crossings[at + k] = crossings[at - 4u + k];
    }
    at -= 4u;
  }
  crossings[at] = bitcast<u32>(t.x);
  crossings[at + 1u] = bitcast<u32>(t.y);
  crossings[at + 2u] = bitcast<u32>(triangle);
  crossings[at + 3u] = bitcast<u32>(select(-1, 1, leaves));
}

// For a photon that seeks the far side of a boundary (seek.wgsl) the next volume
// there, for others the distance to the next boundary, or `limit` if that is
// nearer: where the rays of both meet solids is one place.
fn nextBoundary(limit: vec2f) -> vec2f {
  var place = node;
  var x = px;
  var y = py;
  var z = pz;
  var ax = dx;
  var ay = dy;
  var az = dz;
  var until = limit;
  var skip = -1;
  var held = isPlaced;
  var exit = EXIT_FIRST;
  if (seeking) {
    place = farNode;
    x = qx;
    y = qy;
    z = qz;
    ax = navigate_ux;
    ay = navigate_uy;
    az = navigate_uz;
    until = TOUCH;
    skip = seekSelf;
    held = true;
    exit = select(NO_EXIT, EXIT_LAST, seekOut);
  }
  standIn(place);
  enterDaughter(nodeVolume(place), x, y, z, ax, ay, az, until, skip, held,
    exit);
  if (!seeking) {
    isPlaced = false;
    boundaryDaughter = daughter;
    boundaryFace = select(exitFace, daughterFace, daughter >= 0);
    boundaryDistance = daughterDistance;
  }
  return boundaryDistance;
}

fn findFarSide() {
  ups = 0;
  downs = 0;
  qx = px;
  qy = py;
  qz = pz;
  navigate_ux = dx;
  navigate_uy = dy;
  navigate_uz = dz;
  seekOut = boundaryDaughter < 0;
  seekLeaves = seekOut;
  seekLeft = node;
  var transform = -1;
  if (!seekOut) {
    goDown(node, boundaryDaughter);
    transform = nodeTransform(farNode);
  }
  solidNormal(boundaryFace, qx, qy, qz);
  normalFromDaughter(transform);
  if (wDot3(farNormalX, dx, farNormalY, dy, farNormalZ, dz).x > 0.0) {
    farNormalX = -farNormalX;
    farNormalY = -farNormalY;
    farNormalZ = -farNormalZ;
  }
  seeking = mustSeek();
}

// What the last nextBoundary() found, while the far side is sought.
fn findVolume(leaving: bool) {
  if (daughter >= 0) {
    goDown(farNode, daughter);
    seekOut = false;
  } else if (!seekOut || wLess(TOUCH, exitDistance)) {
    seeking = false;
    return;
  } else {
    seekLeft = farNode;
  }
  seeking = mustSeek();
}

// One walk in the text: where two crossings are as near, it is done once more,
// as leavesAhead() does.
fn lookAhead(p: u32, root: i32, ox: vec2f, oy: vec2f, oz: vec2f, dx: vec2f,
  dy: vec2f, dz: vec2f, limit: vec2f) {
  aheadT = WIDE_FAR;
  aheadTriangle = -1;
  onEntry = -1;
  onExit = -1;
  isDouble = false;
  var other = WIDE_FAR;
  var sum = 0;
  var within = limit;
  loop {
    if (!startMeshWalk(p, root, ox, oy, oz, dx, dy, dz, within)) {
      return;
    }
    aimAtTriangles(ox, oy, oz, dx, dy, dz);
    loop {
      let near = wMin(limit, wAdd(aheadT, wScale(tolerance, 2.0)));
      let leaf = nextMeshLeaf(select(near, WIDE_FAR, isDouble));
      if (leaf < 0) {
        break;
      }
      let last = (leaf >> 3u) + (leaf & 7);
      for (var i = leaf >> 3u; i <= last; i++) {
        if (!crossTriangle(i)) {
          continue;
        }
        let isOn = isOnTriangle(i);
        if (isDouble) {
          let counts = !isOn && crossingT.x > 0.0;
          sum += select(0, select(-1, 1, crossingLeaves), counts);
        } else if (isOn) {
          if (crossingLeaves) {
            onExit = i;
          } else {
            onEntry = i;
          }
        } else if (crossingT.x > 0.0) {
          if (wLess(crossingT, aheadT)) {
            other = aheadT;
            aheadT = crossingT;
            aheadTriangle = i;
            aheadLeaves = crossingLeaves;
          } else {
            other = wMin(other, crossingT);
          }
        }
      }
    }
    if (isDouble) {
      aheadLeaves = sum >= 1;
      return;
    }
    // Which of the two comes first is rounding: all that lies ahead tells.
    isDouble = wLessEq(wSub(other, aheadT), tolerance);
    if (!isDouble) {
      return;
    }
    within = WIDE_FAR;
  }
}
