// The import is whole: nothing is left to remember.
MATCH (l:Lock {name: 'import'})
DELETE l
