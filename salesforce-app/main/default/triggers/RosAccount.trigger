trigger RosAccount on Account(after insert, after update, after delete, after undelete) {
    RosFeed.tell(Trigger.operationType, Trigger.oldMap, Trigger.newMap);
}
