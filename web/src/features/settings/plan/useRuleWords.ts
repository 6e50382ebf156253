import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Caps, PlanRule, PlanTrunk } from '@/api/outbound';
import { settings } from '@/api/settings';
import { readableNumber } from '@/lib/phone';
import { useFormat } from '@/parts/format';
import { useAgents } from '@/parts/settings';
import { trunksOf } from './draft';

const NAMED_MAX = 3;

/** Agents, teams and numbers, to choose from and to name. */
export function useChoices() {
  const agents = useAgents().data?.items ?? [];
  const teams = useQuery({ queryKey: ['teams'], queryFn: () => settings.teams() }).data?.items ?? [];
  const numbers = useQuery({ queryKey: ['numbers'], queryFn: () => settings.numbers() }).data?.items ?? [];
  return { agents, teams, numbers };
}

/** At most so many calls: `At most 60 a minute`. */
export function useCapsWords(): (caps: Caps) => string[] {
  const { t } = useTranslation();
  return ({ per_minute, per_day }) => [
    ...(per_minute == null ? [] : [t('plan.per_minute', { count: per_minute })]),
    ...(per_day == null ? [] : [t('plan.per_day', { count: per_day })]),
  ];
}

/** What a rule says, in the few words of one line each; `wrong` marks what keeps it from working. */
export function useRuleWords(rule: PlanRule, trunks: readonly PlanTrunk[]) {
  const { t } = useTranslation();
  const format = useFormat();
  const caps = useCapsWords();
  const { agents, teams, numbers } = useChoices();
  const { whom } = rule;
  const people = [
    ...whom.roles.map((role) => t(`frame.me.role.${role}`)),
    ...whom.team_ids.map((id) => teams.find((one) => one.id === id)?.name ?? id),
    ...whom.agent_ids.map((id) => agents.find((one) => one.id === id)?.name ?? id),
  ];
  const separator = t('common.list.separator');
  const named = people.slice(0, NAMED_MAX).join(separator);
  const rest = people.length - NAMED_MAX;
  const who =
    people.length === 0
      ? t('plan.everybody')
      : rest > 0
        ? `${named}${separator}${t('plan.more', { count: rest })}`
        : named;
  if (rule.says === 'deny') return { words: [who], wrong: null };
  const way = trunksOf(rule, trunks).map(({ name }) => (name === '' ? t('story.some_trunk') : name));
  const number = numbers.find((one) => one.id === rule.number_id)?.number ?? '';
  const words = [
    who,
    ...(way.length === 0 ? [] : [t('plan.through', { trunks: way.join(t('plan.then')) })]),
    t(`plan.shows.${rule.shown}`, { number: readableNumber(number) }),
    ...caps(rule.caps),
    ...(rule.talk_per_day_s == null ? [] : [t('plan.talk', { time: format.duration(rule.talk_per_day_s * 1000) })]),
    ...(rule.watched ? [t('plan.watched')] : []),
    ...(rule.alarm == null
      ? []
      : [t('plan.alarm', { time: format.duration(rule.alarm.within_s * 1000), count: rule.alarm.distinct })]),
  ];
  return { words, wrong: way.length === 0 ? t('plan.no_trunk') : null };
}
