// Which digits of the keys differ at all: the others need no work.

struct Plan {
  // Tiles of the sort, and how many digits it looks at.
  tiles: u32,
  digits: u32,
}


@group(0) @binding(0) var<uniform> plan: Plan;
@group(0) @binding(1) var<storage, read> seen: array<u32, 8>;
@group(0) @binding(2) var<storage, read> digits: array<u32>;
// Of each digit the workgroups for its tiles, then those of its sums.
@group(0) @binding(3) var<storage, read_write> workgroups: array<u32>;
// Where the items are before each digit, and after all.
@group(0) @binding(4) var<storage, read_write> sides: array<u32>;

// Words from one digit to the next: uniform buffers begin at multiples of 256.
const stride = 64u;

@compute @workgroup_size(1)
fn planSort() {
  var side = 0u;
  for (var d = 0u; d < plan.digits; d++) {
    let word = digits[d * stride];
    let shift = digits[d * stride + 1u];
    let differing = seen[word] & seen[4u + word];
    let isSorted = ((differing >> shift) & 15u) == 0u;
    sides[d] = side;
    workgroups[d * 6u] = select(plan.tiles, 0u, isSorted);
    workgroups[d * 6u + 1u] = 1u;
    workgroups[d * 6u + 2u] = 1u;
    workgroups[d * 6u + 3u] = select(1u, 0u, isSorted);
    workgroups[d * 6u + 4u] = 1u;
    workgroups[d * 6u + 5u] = 1u;
    side = select(1u - side, side, isSorted);
  }
  sides[plan.digits] = side;
}
