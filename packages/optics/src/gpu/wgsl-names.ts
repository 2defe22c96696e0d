/** Names that every WGSL text has (W3C, WebGPU Shading Language, sections 6, 15.2 and 17). */

const keywords =
  'alias break case const const_assert continue continuing default diagnostic discard else enable false fn for if let loop override requires return struct switch true var while';

const types =
  'array atomic bool f16 f32 i32 u32 ptr sampler sampler_comparison vec2 vec3 vec4 vec2f vec3f vec4f vec2i vec3i vec4i vec2u vec3u vec4u mat2x2 mat2x3 mat2x4 mat3x2 mat3x3 mat3x4 mat4x2 mat4x3 mat4x4 mat2x2f mat2x3f mat2x4f mat3x2f mat3x3f mat3x4f mat4x2f mat4x3f mat4x4f texture_1d texture_2d texture_2d_array texture_3d texture_storage_2d';

const enumerants =
  'read write read_write function private workgroup uniform storage compute vertex fragment workgroup_size group binding size align id location must_use invariant r32float rgba32float';

const functions =
  'bitcast all any select arrayLength abs acos acosh asin asinh atan atan2 atanh ceil clamp cos cosh countLeadingZeros countOneBits countTrailingZeros cross degrees determinant distance dot dot4U8Packed dot4I8Packed exp exp2 extractBits faceForward firstLeadingBit firstTrailingBit floor fma fract frexp insertBits inverseSqrt ldexp length log log2 max min mix modf normalize pow quantizeToF16 radians reflect refract reverseBits round saturate sign sin sinh smoothstep sqrt step tan tanh transpose trunc atomicLoad atomicStore atomicAdd atomicSub atomicMax atomicMin atomicAnd atomicOr atomicXor atomicExchange atomicCompareExchangeWeak pack4x8snorm pack4x8unorm pack2x16snorm pack2x16unorm pack2x16float unpack4x8snorm unpack4x8unorm unpack2x16snorm unpack2x16unorm unpack2x16float storageBarrier workgroupBarrier workgroupUniformLoad textureLoad textureStore textureDimensions';

/** All names that need no declaration. */
export const builtInNames: ReadonlySet<string> = new Set(
  [keywords, types, enumerants, functions, '_'].join(' ').split(' '),
);
