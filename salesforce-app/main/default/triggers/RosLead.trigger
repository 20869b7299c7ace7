trigger RosLead on Lead(after insert, after update, after delete, after undelete) {
    RosFeed.tell(Trigger.operationType, Trigger.oldMap, Trigger.newMap);
}
