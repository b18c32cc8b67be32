const features =
  '^src/(artifacts|lineage|runs|stories|content|legacy|audit|backup|search|compare|erase|webhooks)/';
const surfaces = '^src/(graphql|rest|cli)/';
const top = '^src/(cli|service)/|^src/main\\.ts$';
const shared = '^src/(context|errors|package-root)\\.ts$';

/** model <- db <- features <- http <- rest, graphql <- service <- cli. Nothing imports upward. */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'no circles, type-only ones included',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'model-is-pure',
      comment: 'src/model imports packages, errors.ts, and nothing else of ours',
      severity: 'error',
      from: { path: '^src/model/' },
      to: { path: '^src/', pathNot: ['^src/model/', '^src/errors\\.ts$'] },
    },
    {
      name: 'db-knows-no-feature',
      comment: 'src/db imports the model and nothing above it',
      severity: 'error',
      from: { path: '^src/db/' },
      to: { path: '^src/', pathNot: ['^src/(db|model)/', shared] },
    },
    {
      name: 'features-import-db-and-model',
      comment: 'a feature imports the model, the database and other features',
      severity: 'error',
      from: { path: features },
      to: { path: '^src/', pathNot: [features, '^src/(db|model)/', shared] },
    },
    {
      name: 'legacy-source-reads-only',
      comment: 'src/legacy: source <- media <- plan <- write <- the verbs',
      severity: 'error',
      from: { path: '^src/legacy/source/' },
      to: { path: '^src/legacy/', pathNot: '^src/legacy/source/' },
    },
    {
      name: 'legacy-media-knows-source',
      comment: 'src/legacy: source <- media <- plan <- write <- the verbs',
      severity: 'error',
      from: { path: '^src/legacy/media/' },
      to: { path: '^src/legacy/', pathNot: '^src/legacy/(source|media)/' },
    },
    {
      name: 'legacy-plan-is-pure',
      comment:
        'src/legacy/plan makes the types of the model from rows and media; it reads and writes nothing',
      severity: 'error',
      from: { path: '^src/legacy/plan/' },
      to: {
        path: '^src/',
        pathNot: ['^src/legacy/(source|media|plan)/', '^src/model/', '^src/errors\\.ts$'],
      },
    },
    {
      name: 'legacy-write-knows-plans',
      comment: 'src/legacy: source <- media <- plan <- write <- the verbs',
      severity: 'error',
      from: { path: '^src/legacy/write/' },
      to: { path: '^src/legacy/', pathNot: '^src/legacy/(source|media|plan|write)/' },
    },
    {
      name: 'http-knows-no-surface',
      comment: 'src/http is plain HTTP, beneath rest and graphql',
      severity: 'error',
      from: { path: '^src/http/' },
      to: { path: [features, surfaces, top, '^src/local/'] },
    },
    {
      name: 'surfaces-do-not-import-each-other',
      comment: 'rest, graphql and cli know features and http, not one another',
      severity: 'error',
      from: { path: '^src/(rest|graphql|cli)/' },
      to: { path: surfaces, pathNot: '^src/$1/' },
    },
    {
      name: 'rest-and-graphql-know-no-process',
      comment: 'what starts servers and reads the command line lies above rest and graphql',
      severity: 'error',
      from: { path: '^src/(rest|graphql)/' },
      to: { path: [top, '^src/local/'] },
    },
    {
      name: 'service-knows-no-command-line',
      comment: 'the composition root is no part of the command line',
      severity: 'error',
      from: { path: '^src/service/' },
      to: { path: '^src/cli/|^src/main\\.ts$' },
    },
    {
      name: 'local-starts-servers-only',
      comment: 'src/local knows processes, not the graph',
      severity: 'error',
      from: { path: '^src/local/' },
      to: { path: '^src/', pathNot: ['^src/local/', '^src/(errors|package-root)\\.ts$'] },
    },
    {
      name: 'nothing-imports-main',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^src/main\\.ts$' },
    },
    {
      name: 'client-stands-alone',
      comment: 'the client is a package of its own: what it knows of the service is /openapi.json',
      severity: 'error',
      from: { path: '^client/' },
      to: { pathNot: ['^client/', 'node_modules'], dependencyTypesNot: ['core'] },
    },
    {
      name: 'examples-are-written-as-users-write',
      severity: 'error',
      from: { path: '^examples/pipeline/' },
      to: { path: '^(src|test|bench|scripts|web)/' },
    },
    {
      name: 'src-does-not-import-tests',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|scripts|web|client|examples)/' },
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
