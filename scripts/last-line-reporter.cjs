// Prints `N passed, N failed` as the last line alone, for scripts and people who read only the end.
module.exports = class LastLineReporter {
  onRunComplete(_contexts, results) {
    const broken = results.testResults.filter((file) => file.testExecError).length;
    process.on('exit', () => console.log(`${results.numPassedTests} passed, ${results.numFailedTests + broken} failed`));
    // A test that left something open (a failed one often does) must not hang the run; jest has complained about it by then.
    setTimeout(() => process.exit(results.success ? 0 : 1), 10_000).unref();
  }
};
