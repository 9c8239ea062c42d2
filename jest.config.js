/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  // They need a browser: npm run test:browser.
  testPathIgnorePatterns: ['<rootDir>/test/browser/'],
  transform: { '^.+\\.ts$': ['ts-jest', { diagnostics: false }] },
  // Jest cannot require what is an ES module only.
  moduleNameMapper: { '^marked$': '<rootDir>/node_modules/marked/lib/marked.umd.js' },
  testTimeout: 60_000,
  // Most tests wait for servers on this machine; the default leaves one core of two idle.
  maxWorkers: '100%',
};
