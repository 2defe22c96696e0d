/** Number of colours between the first and the last. */
export const timeColourCount = 24;

/**
 * Colours of time from first (red) to last (blue) for a light and a dark page, `#rrggbb`. Made in OKLCH, so that they step
 * evenly to the eye; darker on a light page.
 */
export const timeColours: { readonly light: readonly string[]; readonly dark: readonly string[] } =
  {
    light: ramp((middle) => 0.58 + 0.19 * middle),
    dark: ramp((middle) => 0.68 + 0.14 * middle),
  };

/** Which of the colours stands for a time in `from` to `to`; the ends beyond. */
export function timeColour(time: number, from: number, to: number): number {
  const fraction = to > from ? (time - from) / (to - from) : 0;
  return Math.max(0, Math.min(timeColourCount - 1, Math.floor(fraction * timeColourCount)));
}

function ramp(lightness: (middle: number) => number): string[] {
  return Array.from({ length: timeColourCount }, (_, i) => {
    const t = i / (timeColourCount - 1);
    const hue = 27 + t * (262 - 27);
    // Yellow and green are light by nature.
    const middle = Math.sin(Math.PI * Math.min(1, t * 1.25)) ** 1.5;
    return oklch(lightness(Number.isNaN(middle) ? 0 : middle), 0.17, hue);
  });
}

/**
 * OKLCH to sRGB, with less chroma where the screen has no such colour.
 *
 * Source: B. Ottosson, https://bottosson.github.io/posts/oklab/
 */
function oklch(lightness: number, chroma: number, hue: number): string {
  const angle = (hue * Math.PI) / 180;
  const [a, b] = [chroma * Math.cos(angle), chroma * Math.sin(angle)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  if (linear.some((value) => value < -1e-3 || value > 1.001) && chroma > 0.01)
    return oklch(lightness, chroma - 0.01, hue);
  return `#${linear.map(toHex).join('')}`;
}

/** The transfer function of sRGB (IEC 61966-2-1). */
function toHex(linear: number): string {
  const value = Math.max(0, Math.min(1, linear));
  const encoded = value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;
  return Math.round(encoded * 255)
    .toString(16)
    .padStart(2, '0');
}
