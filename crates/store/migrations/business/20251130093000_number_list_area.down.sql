DELETE FROM number_list_entry WHERE kind = 'area';
