/** The first primes above 2: chips with the fault of CVE-2017-15361 (ROCA) make moduli that stand out by them. */
const primes = [
  3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107,
  109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
];

/** Both factors of such a modulus are powers of 65537 modulo these primes, and so is it. */
const powers = primes.map((prime) => {
  const reached = new Set<number>();
  for (let power = 1; !reached.has(power); power = (power * 65_537) % prime) reached.add(power);
  return { prime: BigInt(prime), reached };
});

/**
 * Whether an RSA modulus was made by a chip whose keys can be factored (ROCA). A sound one looks like it once in 2^27.
 * @param modulus big-endian bytes
 */
export function isWeakModulus(modulus: Uint8Array): boolean {
  const value = BigInt(`0x0${Buffer.from(modulus).toString('hex')}`);
  return powers.every(({ prime, reached }) => reached.has(Number(value % prime)));
}
