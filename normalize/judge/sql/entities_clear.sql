-- One row of unrefreshed with the number 0: all is to be worked out again, since a publisher may be described otherwise.
DELETE FROM entities WHERE EXISTS (SELECT * FROM unrefreshed WHERE file_no = 0);
