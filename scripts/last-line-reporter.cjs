// Prints `N passed, N failed` as the last line alone, for scripts and people who read only the end.
module.exports = class LastLineReporter {
  onRunComplete(_contexts, results) {
    const broken = results.testResults.filter((file) => file.testExecError).length;
    process.on('exit', () => console.log(`${results.numPassedTests} passed, ${results.numFailedTests + broken} failed`));
  }
};
