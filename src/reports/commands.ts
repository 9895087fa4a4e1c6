import { type Command, command } from '../chat/command';
import { exportReport, rights } from './readings';
import { reportTexts as texts } from './texts';

/** What is asked for on paper; none is made yet, and the figures can be asked for. */
export const reportCommands = (): Command[] => [command(exportReport, { may: rights.see, handle: async () => ({ text: texts.notYet }) })];
