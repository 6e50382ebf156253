import js from '@eslint/js';
import { importX } from 'eslint-plugin-import-x';
import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const features = ['sign-in', 'desk', 'conversations', 'customers', 'floor', 'settings', 'visitor'];

/** Who may not import whom. Arrows go down: frame and features → parts → api, live → ui → lib. */
const zones = [
  {
    target: './src/lib',
    from: ['./src/ui', './src/api', './src/live', './src/parts', './src/features', './src/frame'],
  },
  { target: './src/ui', from: ['./src/api', './src/live', './src/parts', './src/features', './src/frame'] },
  { target: './src/live', from: ['./src/ui', './src/parts', './src/features', './src/frame', './src/i18n'] },
  { target: './src/api', from: ['./src/ui', './src/live', './src/parts', './src/features', './src/frame'] },
  { target: './src/parts', from: ['./src/features', './src/frame'] },
  { target: './src', from: './mock', except: ['./install.ts'] },
  ...features.map((name) => ({
    target: `./src/features/${name}`,
    from: ['./src/features', './src/frame'],
    except: [`./${name}`],
  })),
].flatMap(({ target, from, except }) =>
  [from].flat().map((one) => ({ target, from: one, except: one === './src/frame' ? undefined : except })),
);

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'src/api/generated'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    plugins: { 'import-x': importX, 'react-hooks': hooks },
    settings: { 'import-x/resolver': { typescript: true } },
    rules: {
      ...hooks.configs.recommended.rules,
      'max-lines': ['error', { max: 300 }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      // Our interfaces describe closures, which have no `this`.
      '@typescript-eslint/unbound-method': 'off',
      'no-console': 'error',
      'import-x/no-default-export': 'error',
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    },
  },
  {
    files: ['src/live/**', 'src/lib/**', 'src/api/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['react', 'react-dom', 'react-*', 'antd', '@tanstack/*'],
              message: 'This room does not know React.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['src/ui/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['react-router', '@tanstack/*', 'i18next', 'react-i18next'],
              message: 'ui knows no router, query or words.',
            },
          ],
        },
      ],
    },
  },
  { files: ['vite.config.ts', 'e2e/*.config.ts'], rules: { 'import-x/no-default-export': 'off' } },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        setTimeout: 'readonly',
        document: 'readonly',
        window: 'readonly',
        fetch: 'readonly',
        localStorage: 'readonly',
        sessionStorage: 'readonly',
        location: 'readonly',
      },
    },
    rules: { 'max-lines': ['error', { max: 300 }] },
  },
);
