import { useQuery } from '@tanstack/react-query';
import { conversations } from '@/api/conversations';
import type { Brief } from '@/api/types';
import { isVip } from './Caller';
import { useMay } from './session';

/** Whether who calls goes before others. What the desk is told of a call may leave it open; the conversation then says. */
export function useVip(brief: Brief): boolean {
  const may = useMay('conversations.read');
  const isOpen = brief.vip === undefined && !isVip(brief);
  const { data } = useQuery({
    queryKey: ['conversation', brief.id],
    queryFn: () => conversations.detail(brief.id),
    enabled: may && isOpen && brief.direction === 'inbound',
  });
  return isVip(brief) || data?.vip === true;
}
