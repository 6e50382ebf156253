DROP TABLE leg_course;
