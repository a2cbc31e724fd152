-- Who left sees nothing. From now on the rows go with the account; these are of those who left before.
DELETE FROM reach WHERE viewer_id IN (SELECT id FROM people WHERE NOT active);
