trigger RosContact on Contact(after insert, after update, after delete, after undelete) {
    RosFeed.tell(Trigger.operationType, Trigger.oldMap, Trigger.newMap);
}
