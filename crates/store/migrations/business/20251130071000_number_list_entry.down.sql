DROP TABLE number_list_entry;
