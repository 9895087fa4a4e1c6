export { dataFilesIn } from '../../config/read-data';

/** Stands for config/read-data under jest, which turns a YAML file once for all test files instead of once for each. */
export const readData = (file: string): unknown => require(`${file}.yaml`);
