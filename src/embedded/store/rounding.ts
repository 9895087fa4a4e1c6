/** A finite double as `digits` / 10^`scale`, exactly. */
function exact(value: number): { digits: bigint; scale: number } {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  const raw = bits.getBigUint64(0);
  const exponent = Number((raw >> 52n) & 0x7ffn);
  const fraction = raw & 0xfffffffffffffn;
  const mantissa = (exponent === 0 ? fraction : fraction | (1n << 52n)) * (raw >> 63n ? -1n : 1n);
  const power = (exponent === 0 ? 1 : exponent) - 1075;
  return power >= 0 ? { digits: mantissa << BigInt(power), scale: 0 } : { digits: mantissa * 5n ** BigInt(-power), scale: -power };
}

/** `digits` / 10^`drop` as a whole number: half to even, or towards zero. */
function dropDigits(digits: bigint, drop: number, halfEven: boolean): bigint {
  const unit = 10n ** BigInt(drop);
  const whole = digits / unit;
  const rest = digits % unit;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  const up = halfEven && (twice > unit || (twice === unit && whole % 2n !== 0n));
  return up ? whole + (digits < 0n ? -1n : 1n) : whole;
}

/**
 * A double to so many places, as MongoDB does it: by its exact decimal value, so that 2.675 (which is a little less) has 2.67
 * at two places.
 */
export function roundDouble(value: number, places: number, halfEven: boolean): number {
  if (!Number.isFinite(value)) return value;
  const { digits, scale } = exact(value);
  if (scale <= places) return value;
  const rounded = Number(`${dropDigits(digits, scale - places, halfEven)}e${-places}`);
  return rounded === 0 && (value < 0 || Object.is(value, -0)) ? -0 : rounded;
}

/** A whole number to tens, hundreds and so on; `places` is negative. */
export function roundWhole(value: bigint, places: number, halfEven: boolean): bigint {
  return dropDigits(value, -places, halfEven) * 10n ** BigInt(-places);
}

/** A double as C's `%g` writes it, which is what MongoDB makes of a double in a text: six digits at most. */
export function sixDigits(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  if (Object.is(value, -0)) return '-0';
  const [mantissa, power] = value.toExponential(5).split('e') as [string, string];
  const exponent = Number(power);
  const bare = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
  if (exponent >= -4 && exponent < 6) return bare(value.toFixed(5 - exponent));
  return `${bare(mantissa)}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
