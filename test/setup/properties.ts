import fc from 'fast-check';

/** Properties that do not say how often are tried so often; more with `PROPERTY_RUNS=1000`. */
fc.configureGlobal({numRuns: Number(process.env['PROPERTY_RUNS'] ?? 40)});
