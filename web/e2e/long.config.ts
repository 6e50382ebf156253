import { defineConfig } from 'vitest/config';

import { STORIES } from './settings';

// What takes longer than every test may: `cargo xtask test --long`.
export default defineConfig({ test: { ...STORIES, fileParallelism: false, include: ['e2e/long/*.e2e.ts'] } });
