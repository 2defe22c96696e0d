// What must not go wrong and, if it does, must not pass in silence: the first
// fault of a photon is kept, and the host makes an error of it.

// One of FAULT_ABSENT and the like; what it is about in the bits from 8 on.
var<private> fault: u32 = 0u;

fn raiseFault(code: u32) {
  if (fault == 0u) {
    fault = code;
  }
}
