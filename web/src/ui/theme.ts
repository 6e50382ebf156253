import { theme, type ThemeConfig } from 'antd';

export type ThemeName = 'light' | 'dark';

const FONT =
  "-apple-system, BlinkMacSystemFont, 'Segoe UI', 'PingFang SC', 'Noto Sans SC', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif";

const PALETTE = {
  light: {
    colorPrimary: '#0f766e',
    colorBgLayout: '#f3f5f6',
    colorBgContainer: '#ffffff',
    colorBgElevated: '#ffffff',
    colorText: '#16212a',
    colorTextSecondary: '#46535d',
    colorTextTertiary: '#5f6c76',
    colorTextPlaceholder: '#5f6c76',
    colorBorder: '#c7cfd4',
    colorBorderSecondary: '#dfe4e7',
    colorError: '#b91c1c',
    colorSuccess: '#15803d',
    colorWarning: '#92500a',
    colorInfo: '#0f766e',
    colorLink: '#0f766e',
  },
  dark: {
    colorPrimary: '#2dd4bf',
    colorBgLayout: '#0d1316',
    colorBgContainer: '#141b1f',
    colorBgElevated: '#192227',
    colorText: '#e5ebed',
    colorTextSecondary: '#b0bcc2',
    colorTextTertiary: '#8f9ca3',
    colorTextPlaceholder: '#8f9ca3',
    colorBorder: '#3b4950',
    colorBorderSecondary: '#28343a',
    colorError: '#fb8585',
    colorSuccess: '#4ade80',
    colorWarning: '#f5b942',
    colorInfo: '#2dd4bf',
    colorLink: '#2dd4bf',
  },
} as const;

/** What moves waits for the end of its motion before it goes; without motion it has to go at once. */
const wantsNoMotion = (): boolean =>
  typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches;

/** The look of the controls; the same palette as tokens.css. */
export function themeOf(name: ThemeName): ThemeConfig {
  const dark = name === 'dark';
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    hashed: false,
    token: {
      ...PALETTE[name],
      // The dark algorithm dulls its seeds; these are chosen colours.
      ...(dark
        ? { colorPrimaryHover: '#5eead4', colorPrimaryActive: '#14b8a6', colorTextLightSolid: '#04231f' }
        : { colorPrimaryHover: '#0d655e', colorPrimaryActive: '#0b544e' }),
      fontFamily: FONT,
      fontSize: 13,
      controlHeight: 32,
      controlHeightSM: 26,
      controlHeightLG: 40,
      borderRadius: 6,
      borderRadiusLG: 8,
      boxShadow: 'none',
      // What lies over the page has a hairline of its own: in the dark a shadow shows no edge.
      boxShadowSecondary: '0 0 0 1px var(--line-strong), var(--pop)',
      motion: !wantsNoMotion(),
      motionDurationFast: '0.08s',
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.16s',
      wireframe: false,
    },
    components: {
      Button: {
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
        fontWeight: 500,
        ...(dark
          ? {
              primaryColor: '#04231f',
              colorPrimary: '#2dd4bf',
              colorPrimaryHover: '#5eead4',
              colorPrimaryActive: '#14b8a6',
              dangerColor: '#2a0b0c',
              colorError: '#fb8585',
              colorErrorHover: '#fca5a5',
              colorErrorActive: '#f56565',
            }
          : {}),
      },
      Tooltip: { colorBgSpotlight: dark ? '#2d3a41' : '#1d2a33', colorTextLightSolid: dark ? '#e5ebed' : '#ffffff' },
      Segmented: { trackBg: dark ? '#202a30' : '#e4e9ec', itemSelectedBg: dark ? '#3b4950' : '#ffffff' },
      Form: { itemMarginBottom: 16, verticalLabelPadding: '0 0 4px' },
      Table: { headerBg: 'transparent', cellPaddingBlockSM: 5 },
    },
  };
}
