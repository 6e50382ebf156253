import type { customers as zh } from '../zh/customers';
import type { SameShape } from '../shape';

export const customers: SameShape<typeof zh> = {
  title: 'Customers',
  search: 'Find by name, company or number',
  new: 'New customer',
  empty_title: 'No customers yet',
  empty_body: 'They can be noted down during a call, or created here first.',
  none_title: 'Nothing found for “{{text}}”',
  none_body: 'Try another spelling; numbers may carry an area code or +86.',
  columns: { name: 'Name', company: 'Company', numbers: 'Numbers', updated: 'Updated' },
  name: 'Name',
  company: 'Company',
  level: 'Level',
  note: 'Note',
  numbers: 'Numbers',
  number: 'Number',
  number_label: 'Kind',
  number_label_hint: 'mobile, office …',
  add_number: 'Add a number',
  remove_number: 'Remove number {{number}}',
  created: 'Customer recorded',
  changed: 'Customer saved',
  history: 'Conversations',
  profile: 'Record',
};
