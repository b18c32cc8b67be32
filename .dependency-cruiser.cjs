const features = '^src/(artifacts|lineage|runs|stories|content|legacy|audit|backup)/';
const surfaces = '^src/(graphql|rest|cli)/';

/** model <- features <- graphql, rest, cli. Features use db and content. Nothing imports upward. */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'model-is-pure',
      comment: 'src/model imports zod and nothing else of ours',
      severity: 'error',
      from: { path: '^src/model/' },
      to: { path: '^src/', pathNot: ['^src/model/', '^src/errors\\.ts$'] },
    },
    {
      name: 'features-do-not-import-surfaces',
      severity: 'error',
      from: { path: features },
      to: { path: [surfaces, '^src/local/', '^src/main\\.ts$'] },
    },
    {
      name: 'db-knows-no-feature',
      severity: 'error',
      from: { path: '^src/db/' },
      to: { path: [features, surfaces, '^src/local/', '^src/main\\.ts$'] },
    },
    {
      name: 'local-starts-servers-only',
      comment: 'src/local knows processes, not the graph',
      severity: 'error',
      from: { path: '^src/local/' },
      to: { path: [features, surfaces, '^src/main\\.ts$'] },
    },
    {
      name: 'surfaces-do-not-import-each-other',
      severity: 'error',
      from: { path: '^src/(graphql|rest)/' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'nothing-imports-main',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^src/main\\.ts$' },
    },
    {
      name: 'src-does-not-import-tests',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench)/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
