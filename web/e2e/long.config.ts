import { defineConfig } from 'vitest/config';

import stories from './vitest.config';

// What takes longer than every test may: `cargo xtask test --long`.
export default defineConfig({ test: { ...stories.test, include: ['e2e/long/*.e2e.ts'] } });
