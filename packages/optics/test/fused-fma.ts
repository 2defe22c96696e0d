/** What stands for a fused fma on SwiftShader, whose own rounds twice: the product and the sum with their errors. */
const fusedFma = `
fn fusedFma(a: f32, b: f32, c: f32) -> f32 {
  let aUpper = bitcast<f32>(bitcast<u32>(a) & 0xfffff000u);
  let bUpper = bitcast<f32>(bitcast<u32>(b) & 0xfffff000u);
  let aLower = a - aUpper;
  let bLower = b - bUpper;
  let product = a * b;
  let error = (((aUpper * bUpper - product) + aLower * bUpper) + aUpper * bLower) + aLower * bLower;
  let sum = product + c;
  let near = sum - product;
  let left = (product - (sum - near)) + (c - near);
  return sum + (left + error);
}
`;

/** A text as a device with a fused fma understands it. */
export function withFusedFma(text: string): string {
  return text.replaceAll(/\bfma\(/g, 'fusedFma(') + fusedFma;
}
