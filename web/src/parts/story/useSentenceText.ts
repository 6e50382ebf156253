import { useTranslation } from 'react-i18next';
import { useFormat } from '../format';
import type { Known, Route, Sentence } from './telling';

/** Puts a sentence into the chosen language. */
export function useSentenceText(sentence: Sentence): { readonly text: string; readonly detail: string | null } {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { names, durations, codes, quality, route, known } = sentence;
  const said: Record<string, string> = {};
  for (const [name, value] of Object.entries(names)) said[name] = value;
  if (said.outside !== undefined) said.to = `${t('story.outside')} ${said.outside}`.trim();
  if (said.agent === '') said.agent = t('common.somebody');
  if (said.to === '') said.to = t('story.elsewhere');
  if (said.person === '') said.person = t('common.somebody');
  if (said.rule === '') said.rule = t('story.some_rule');
  if (said.trunk === '') said.trunk = t('story.some_trunk');
  if (said.queue === '') said.queue = t('story.somewhere');
  if (said.node === '') said.node = t('story.something');
  if (said.calendar === '') said.calendar = t('story.some_hours');
  if (said.exception === '') said.exception = t('story.some_exception');
  if (said.area === '') said.area = t('story.some_area');
  for (const [name, ms] of Object.entries(durations)) said[name] = format.duration(ms);
  const word = (key: string, code: string): string =>
    i18n.exists(`${key}.${code}`) ? t(`${key}.${code}` as 'common.na') : code;
  if (codes.by !== undefined) said.by = word('common.by', codes.by);
  if (codes.reason !== undefined) said.reason = word('common.end', codes.reason);
  if (codes.wait !== undefined) said.wait = word('story.wait', codes.wait);
  if (codes.why !== undefined) said.why = word('desk.transfer.reason', codes.why);
  if (codes.block !== undefined) said.block = word('story.block', codes.block);
  const wayOf = ({ trunk, rule, passed }: Route): string => {
    const through = trunk === '' ? t('story.some_trunk') : trunk;
    const way =
      rule === undefined
        ? t('story.route.plain', { trunk: through })
        : t('story.route.rule', { rule: rule === '' ? t('story.some_rule') : rule, trunk: through });
    const others = passed.map((one) =>
      t('story.route.passed', {
        trunk: one.trunk === '' ? t('story.some_trunk') : one.trunk,
        block: word('story.block', one.block),
      }),
    );
    return [way, ...others].join(t('story.route.join'));
  };
  const basisOf = ({ kind, code }: Known): string =>
    kind === 'cause'
      ? t('story.known.cause', { code })
      : kind === 'tone'
        ? word('story.known.tone', code)
        : t('story.known.silence');
  const loss = quality === undefined ? '' : format.percent(quality.lost);
  const told = t(`story.${sentence.key}` as 'story.queued.plain', said as { queue: string });
  return {
    text: i18n.language === 'zh' ? closeUp(told) : told.slice(0, 1).toUpperCase() + told.slice(1),
    detail:
      route !== undefined
        ? wayOf(route)
        : known !== undefined
          ? basisOf(known)
          : quality === undefined
            ? null
            : t('story.quality', { loss, jitter: quality.jitterMs }),
  };
}

/** Chinese words stand without spaces; only foreign names keep theirs. */
function closeUp(sentence: string): string {
  return sentence.replace(/(?<=[\u3000-\u9fff\uff00-\uffef”]) (?=[\u3000-\u9fff\uff00-\uffef“])/g, '');
}
