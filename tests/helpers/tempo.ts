import type { Limits } from '../../src/transports/pacing';
import type { Tempo } from '../../src/transports/ways';

/** No limits of our own: for tests that ask for something else than how fast we send. */
export const unpaced: Limits = () => [];

/** The documented limits, in windows that do not end while a test runs: what is held stays held, however slow the machine is. */
export const lasting: Limits = (documented) => documented.map((limit) => ({ ...limit, duration: 86_400 }));

/** What is said in a response is the answer, not 已收到, also on a machine that has other work; within every test's time. */
export const unhurried: Tempo = { limits: unpaced, answerWithinMs: 60_000 };
