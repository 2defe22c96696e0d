// What lies behind a boundary is sought in turns of the same loop that finds
// boundaries: each asks one volume, which nextBoundary() of navigate.wgsl does
// for both.

var<private> seeking: bool = false;
// Whether the photon is on its way out, whether it began so, the node that it
// left last, and the daughter of the volume asked that it comes from.
var<private> seekOut: bool = false;
var<private> seekLeaves: bool = false;
var<private> seekLeft: i32 = 0;
var<private> seekSelf: i32 = -1;

// Out of the node, where the photon leaves it, and of each mother that ends right
// here too; then into the sibling that begins here, if one does, and further in
// while a daughter begins here. A volume that is entered from a sibling may
// overlap it: then the photon is not at a face of it, but perhaps in one of its
// daughters. Whether a volume has to be asked. [NAV14]
fn mustSeek() -> bool {
  if (!seekOut) {
    // In from outside, the photon is at a face of the volume.
    let inside = nodeFlags(farNode) & NODE_FLAG_DAUGHTERS_INSIDE;
    seekSelf = -1;
    return seekLeaves || inside == 0;
  }
  farNode = nodeParent(seekLeft);
  if (farNode < 0) {
    return false;
  }
  climb(nodeTransform(seekLeft));
  seekSelf = seekLeft - nodeFirstChild(farNode);
  return (nodeFlags(seekLeft) & NODE_FLAG_TOUCHES_NOTHING) == 0;
}
