export const queued = {
  plain: 'Joined queue {{queue}}',
  wait: 'Joined queue {{queue}}: {{wait}}',
  front: 'Back at the front of queue {{queue}}',
  front_wait: 'Back at the front of queue {{queue}}: {{wait}}',
};

export const left_queue = {
  answered: 'Left queue {{queue}} answered, after {{waited}} of waiting',
  abandoned: 'Gave up in queue {{queue}} after {{waited}}',
  timed_out: 'Reached the longest wait of queue {{queue}} after {{waited}}',
  unserved: 'Left queue {{queue}} after {{waited}}: nobody of it was signed in',
  failed: 'Waiting in queue {{queue}} was ended by the system',
};
